import { plural } from '../plural.ts';
import type { lists as German } from '../de/lists.ts';

const many = plural('en');

export const lists: typeof German = {
  lists: {
    label: 'Chats and contacts',
    chats: 'Chats',
    contacts: 'All contacts',
    settings: 'Settings',
    internal: 'Internal',
    unread: (count) => many(count, { one: '# unread message', other: '# unread messages' }),
    noChats: 'No chats yet. Choose somebody under “All contacts”.',
    noContacts: 'Nobody is here yet. Invite your colleagues in the settings.',
    you: 'You',
    draft: (text) => `Draft: ${text}`,
    inactive: 'no longer here',
    unknownPerson: 'Unknown',
  },
};
