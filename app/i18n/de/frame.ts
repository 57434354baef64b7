import { plural } from '../plural.ts';

const many = plural('de');

export const frame = {
  connection: {
    offline: 'Offline',
    offlineWaiting: (count: number) => many(count, { one: 'Offline · # wartet', other: 'Offline · # warten' }),
    outdated: 'Diese Fassung ist zu alt für den Server. Nichts ist verloren; bitte laden Sie die Seite neu.',
    signedOut: 'Sie sind abgemeldet. Nichts ist verloren.',
    storageFull: 'Der Speicher dieses Geräts ist voll. Schaffen Sie Platz; bis dahin wird nichts Neues behalten.',
    storageFailed: 'Dieses Gerät kann gerade nichts speichern.',
  },

  update: { ready: 'Eine neue Fassung ist da.', reload: 'Neu laden' },

  notFound: {
    title: 'Diese Seite gibt es nicht',
    text: 'Vielleicht ist die Adresse unvollständig.',
    toChats: 'Zu den Chats',
  },

  trouble: {
    unreachable:
      'Der Server ist gerade nicht erreichbar. Ihre Eingaben bleiben hier stehen; versuchen Sie es gleich noch einmal.',
    tooMany: 'Zu viele Versuche. Bitte warten Sie einen Augenblick.',
    unexpected: (message: string) => `Das hat nicht geklappt: ${message}`,
    storageClosed:
      'Auf diesem Gerät lässt sich gerade nichts speichern, deshalb kann Hausfunk nicht öffnen. Ein privates Fenster oder gesperrter Speicher kann der Grund sein.',
    again: 'Noch einmal versuchen',
  },
};
