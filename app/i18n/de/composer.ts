import { plural } from '../plural.ts';

const number = new Intl.NumberFormat('de');
const many = plural('de');

export const composer = {
  composer: {
    label: 'Nachricht',
    placeholder: 'Nachricht …',
    send: 'Senden',
    emoji: 'Emoji einfügen',
    editing: 'Nachricht bearbeiten',
    stopEditing: 'Bearbeiten abbrechen',
    saveEdit: 'Änderung speichern',
    editGivenUp: 'Änderung verworfen',
    undo: 'Rückgängig',
    editHomeless:
      'Die Nachricht lässt sich nicht mehr bearbeiten. Was Sie geschrieben haben, steht jetzt als Entwurf hier.',
    personGone: (name: string) => `${name} ist nicht mehr dabei. Sie können hier lesen, aber nicht mehr schreiben.`,
    draftStays: 'Ihr Entwurf bleibt erhalten.',
    offline: 'Wird später gesendet …',
    count: (length: number, limit: number) => `${number.format(length)} / ${number.format(limit)}`,
    left: (count: number) => many(count, { one: 'Noch # Zeichen', other: 'Noch # Zeichen' }),
    tooLong: `Zu lang: höchstens ${number.format(8_000)} Zeichen. Bitte kürzen Sie; als Entwurf bleibt nur erhalten, was hineinpasst.`,
    editTooLong: `Zu lang: höchstens ${number.format(8_000)} Zeichen. Bitte kürzen Sie.`,
    storageFull: 'Nicht gesendet: Der Speicher dieses Geräts ist voll. Ihr Text steht noch hier.',
    storageFailed: 'Nicht gesendet: Dieses Gerät konnte die Nachricht nicht speichern. Ihr Text steht noch hier.',
    refused: 'Diese Nachricht kann so nicht gesendet werden. Ihr Text steht noch hier.',
    draftNotKept: 'Dieser Entwurf konnte auf dem Gerät nicht gespeichert werden.',
  },
};
