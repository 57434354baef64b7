import { plural } from '../plural.ts';
import type { composer as German } from '../de/composer.ts';

const number = new Intl.NumberFormat('en');
const many = plural('en');

export const composer: typeof German = {
  composer: {
    label: 'Message',
    placeholder: 'Message …',
    send: 'Send',
    emoji: 'Insert an emoji',
    editing: 'Edit message',
    stopEditing: 'Stop editing',
    saveEdit: 'Save the change',
    editGivenUp: 'Change discarded',
    undo: 'Undo',
    editHomeless: 'The message can no longer be edited. What you have written is now here as a draft.',
    personGone: (name) => `${name} is no longer here. You can read this chat, but not write in it.`,
    draftStays: 'Your draft is kept.',
    offline: 'Will be sent when you’re back',
    count: (length, limit) => `${number.format(length)} / ${number.format(limit)}`,
    left: (count) => many(count, { one: '# character left', other: '# characters left' }),
    tooLong: `Too long: at most ${number.format(8_000)} characters. Please shorten it; only what fits is kept as a draft.`,
    editTooLong: `Too long: at most ${number.format(8_000)} characters. Please shorten it.`,
    storageFull: 'Not sent: this device’s storage is full. Your text is still here.',
    storageFailed: 'Not sent: this device could not store the message. Your text is still here.',
    refused: 'This message can’t be sent like this. Your text is still here.',
    draftNotKept: 'This draft could not be kept on the device.',
  },
};
