import { plural } from '../plural.ts';
import type { conversation as German } from '../de/conversation.ts';

const many = plural('en');

export const conversation: typeof German = {
  conversation: {
    empty: 'Choose a chat or a contact on the left.',
    unknown: 'This chat does not exist.',
    messages: 'Messages',
    earlier: 'Earlier messages',
    loadingEarlier: 'Loading earlier messages …',
    latest: 'To the latest message',
    beginning: 'Nothing has been written here yet.',
    incomplete: 'The history is not yet complete on this device.',
    newMessages: (count) => many(count, { one: '# new', other: '# new' }),
    internalDetail: (company) => `Everybody at ${company}`,
    today: 'Today',
    yesterday: 'Yesterday',
    edited: 'edited',
    arrived: (time) => `arrived ${time}`,
    said: (name, text) => `${name}: ${text}`,
    back: 'Back to the list',
    self: 'You',
  },

  delivery: {
    saving: 'saving',
    waiting: 'waiting for network',
    sent: 'sent',
    failed: 'not sent',
    retry: 'Send again',
    discard: 'Discard',
    discardTitle: 'Discard this message?',
    discardText: 'It has not been sent and will be deleted from this device.',
    keep: 'Keep',
    reason: {
      forbidden: 'You may no longer write here.',
      tooBig: 'The message is too big.',
      other: (code) => `The server did not accept it (${code}).`,
    },
  },
};
