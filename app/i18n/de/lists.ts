import { plural } from '../plural.ts';

const many = plural('de');

export const lists = {
  lists: {
    label: 'Chats und Kontakte',
    chats: 'Chats',
    contacts: 'Alle Kontakte',
    settings: 'Einstellungen',
    internal: 'Intern',
    unread: (count: number) => many(count, { one: '# ungelesene Nachricht', other: '# ungelesene Nachrichten' }),
    noChats: 'Noch keine Chats. Wählen Sie unter „Alle Kontakte“ jemanden aus.',
    noContacts: 'Hier ist noch niemand. Laden Sie Ihre Kolleginnen und Kollegen in den Einstellungen ein.',
    you: 'Sie',
    draft: (text: string) => `Entwurf: ${text}`,
    inactive: 'nicht mehr dabei',
    unknownPerson: 'Unbekannt',
  },
};
