import { plural } from '../plural.ts';

const many = plural('de');
const parts = (left: number, total: number): string =>
  `noch ${many(left, { one: '#', other: '#' })} von ${many(total, { one: '# Abschnitt', other: '# Abschnitten' })}`;

export const search = {
  search: {
    title: 'Nachrichten suchen',
    open: 'In diesem Chat suchen',
    close: 'Suche schließen',
    clear: 'Suchbegriff löschen',
    inAll: 'In allen Chats suchen',
    inChat: (name: string) => `In „${name}“ suchen`,
    where: 'Wo gesucht wird',
    thisChat: 'Dieser Chat',
    allChats: 'Alle Chats',
    sender: 'Absender',
    anybody: 'Alle Absender',
    period: 'Zeitraum',
    periods: {
      any: 'Jederzeit',
      today: 'Heute',
      week: 'Letzte 7 Tage',
      month: 'Letzte 30 Tage',
      year: 'Letzte 365 Tage',
      between: 'Zeitraum …',
    },
    from: 'Vom',
    until: 'Bis zum',
    hint: 'Gesucht wird der genaue Wortlaut',
    hintText: 'Tippen Sie Wörter so ein, wie sie in der Nachricht stehen. Das letzte darf unvollständig sein.',
    cut: 'Der Suchbegriff ist sehr lang; gesucht wird nur sein Anfang.',
    results: 'Treffer',
    inside: 'Mitten im Wort',
    searching: 'Wird gesucht …',
    preparing: 'Die Suche wird vorbereitet …',
    delayed: 'Die Suche lässt sich gerade nicht starten. Es wird weiter versucht.',
    count: (count: number) => many(count, { one: '# Treffer', other: '# Treffer' }),
    countMore: (count: number) => many(count, { one: 'Mehr als # Treffer', other: 'Mehr als # Treffer' }),
    tooMany: (count: number) =>
      many(count, {
        one: 'Gezeigt wird der neueste Treffer. Grenzen Sie die Suche ein, um weitere zu sehen.',
        other: 'Gezeigt werden die neuesten # Treffer. Grenzen Sie die Suche ein, um weitere zu sehen.',
      }),
    nothing: 'Nichts gefunden',
    nothingText:
      'Keine Nachricht enthält genau diesen Wortlaut. Prüfen Sie die Schreibweise, oder suchen Sie nach weniger Wörtern.',
    nothingFiltered: 'Mit diesen Filtern enthält keine Nachricht genau diesen Wortlaut.',
    nothingYet: 'Bisher enthält keine Nachricht genau diesen Wortlaut. Noch ist nicht alles durchsucht.',
    searched: (count: number) => many(count, { one: '# Nachricht', other: '# Nachrichten' }),
    since: (day: string) => `seit ${day}`,
    reading: (pages: number) =>
      many(pages, { one: 'Wird noch gelesen: # Abschnitt', other: 'Wird noch gelesen: # Abschnitte' }),
    missing: 'Nicht alles ist auf dieses Gerät geladen.',
    pauseHistory: 'Laden anhalten',
    continueHistory: 'Weiter laden',
    history: {
      fetching: (left: number, total: number) => `Frühere Nachrichten werden noch geladen: ${parts(left, total)}.`,
      waiting: (left: number, total: number) => `Frühere Nachrichten werden später geladen: ${parts(left, total)}.`,
      paused: (left: number, total: number) => `Das Laden früherer Nachrichten ist angehalten: ${parts(left, total)}.`,
      'no-room': (left: number, total: number) =>
        `Für frühere Nachrichten ist auf diesem Gerät kein Platz mehr: ${parts(left, total)}.`,
    },
    storageFull:
      'Der Speicher dieses Geräts ist voll: Neues wird durchsucht, aber nicht für den nächsten Start behalten.',
    storageFailed: 'Der Speicher dieses Geräts antwortet nicht. Vielleicht fehlen Treffer; es wird weiter versucht.',
    messages: 'Nachrichten',
    all: 'Alle Treffer in Nachrichten',
  },
};
