import { plural } from '../plural.ts';
import type { lists as German } from '../de/lists.ts';

const many = plural('en');
const unread = (count: number): string => many(count, { one: '# unread message', other: '# unread messages' });

export const lists: typeof German = {
  lists: {
    label: 'Chats and contacts',
    tabs: 'Lists',
    chats: 'Chats',
    contacts: 'All contacts',
    settings: 'Settings',
    administration: 'Administration',
    shortcuts: 'Keyboard shortcuts',
    menu: 'Menu',
    menuUnread: (count) => `Menu, ${unread(count)}`,
    internal: 'Internal',
    unread,
    noChats: 'No chats yet',
    noChatsText: 'Choose somebody under “All contacts” and start writing.',
    noContacts: 'Nobody is here yet',
    noContactsText: 'Invite your colleagues in the settings.',
    letters: 'Letters',
    yesterday: 'Yesterday',
    own: 'You:',
    you: 'You',
    draft: 'Draft:',
    inactive: 'no longer here',
    unknownPerson: 'Unknown',
    pinned: 'pinned',
    muted: 'muted',
    waiting: 'waiting for network',
    failed: 'not sent',
    menuOf: (name) => `Actions for ${name}`,
    pin: 'Pin',
    unpin: 'Unpin',
    mute: 'Mute',
    unmute: 'Unmute',
    notKept: 'This could not be stored on this device. Please try again.',
    search: 'Search people and chats',
    searchShort: 'Search',
    clearSearch: 'Clear the search',
    found: 'Search results',
    foundCount: (count) => many(count, { one: '# result', other: '# results' }),
    foundNothing: 'Nothing found',
    foundNothingText: 'Check the spelling, or search for the first or last name only.',
  },
};
