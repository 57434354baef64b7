import { plural } from '../plural.ts';

const many = plural('de');
const unread = (count: number): string =>
  many(count, { one: '# ungelesene Nachricht', other: '# ungelesene Nachrichten' });

export const lists = {
  lists: {
    label: 'Chats und Kontakte',
    tabs: 'Listen',
    chats: 'Chats',
    contacts: 'Alle Kontakte',
    settings: 'Einstellungen',
    administration: 'Verwaltung',
    shortcuts: 'Tastenkürzel',
    menu: 'Menü',
    menuUnread: (count: number) => `Menü, ${unread(count)}`,
    internal: 'Intern',
    unread,
    noChats: 'Noch keine Chats',
    noChatsText: 'Wählen Sie unter „Alle Kontakte“ jemanden aus und schreiben Sie los.',
    noContacts: 'Hier ist noch niemand',
    noContactsText: 'Laden Sie Ihre Kolleginnen und Kollegen in den Einstellungen ein.',
    letters: 'Buchstaben',
    yesterday: 'Gestern',
    own: 'Sie:',
    you: 'Sie',
    draft: 'Entwurf:',
    inactive: 'nicht mehr dabei',
    unknownPerson: 'Unbekannt',
    pinned: 'angeheftet',
    muted: 'stummgeschaltet',
    waiting: 'wartet auf Netz',
    failed: 'nicht gesendet',
    menuOf: (name: string) => `Aktionen für ${name}`,
    pin: 'Anheften',
    unpin: 'Nicht mehr anheften',
    mute: 'Stummschalten',
    unmute: 'Stummschaltung aufheben',
    notKept: 'Das konnte auf diesem Gerät nicht gespeichert werden. Bitte versuchen Sie es noch einmal.',
    search: 'Personen und Chats suchen',
    searchShort: 'Suchen',
    clearSearch: 'Suche leeren',
    found: 'Suchergebnisse',
    foundCount: (count: number) => many(count, { one: '# Treffer', other: '# Treffer' }),
    foundNothing: 'Nichts gefunden',
    foundNothingText: 'Prüfen Sie die Schreibweise, oder suchen Sie nur nach dem Vor- oder Nachnamen.',
  },
};
