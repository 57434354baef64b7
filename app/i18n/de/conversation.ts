import { plural } from '../plural.ts';

const many = plural('de');

export const conversation = {
  conversation: {
    empty: 'Wählen Sie links einen Chat oder einen Kontakt.',
    unknown: 'Diesen Chat gibt es nicht.',
    messages: 'Nachrichten',
    earlier: 'Frühere Nachrichten',
    loadingEarlier: 'Frühere Nachrichten werden geladen …',
    latest: 'Zur neuesten Nachricht',
    beginning: 'Hier ist noch nichts geschrieben.',
    incomplete: 'Der Verlauf ist noch nicht vollständig auf diesem Gerät.',
    newMessages: (count: number) => many(count, { one: '# neue', other: '# neue' }),
    internalDetail: (company: string) => `Alle von ${company}`,
    today: 'Heute',
    yesterday: 'Gestern',
    edited: 'bearbeitet',
    arrived: (time: string) => `angekommen ${time}`,
    said: (name: string, text: string) => `${name}: ${text}`,
    back: 'Zurück zur Liste',
    self: 'Sie',
  },

  delivery: {
    saving: 'wird gespeichert',
    waiting: 'wartet auf Netz',
    sent: 'gesendet',
    failed: 'nicht gesendet',
    retry: 'Noch einmal senden',
    discard: 'Verwerfen',
    discardTitle: 'Diese Nachricht verwerfen?',
    discardText: 'Sie wurde nicht gesendet und wird von diesem Gerät gelöscht.',
    keep: 'Behalten',
    reason: {
      forbidden: 'Sie dürfen hier nicht mehr schreiben.',
      tooBig: 'Die Nachricht ist zu groß.',
      other: (code: string) => `Der Server hat sie nicht angenommen (${code}).`,
    },
  },
};
