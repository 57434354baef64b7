import type { composer as German } from '../de/composer.ts';

const number = new Intl.NumberFormat('en');

export const composer: typeof German = {
  composer: {
    label: 'Message',
    placeholder: 'Message …',
    send: 'Send',
    offline: 'Will be sent when you’re back',
    tooLong: (length, limit) =>
      `Too long: ${number.format(length)} of at most ${number.format(limit)} characters. Please shorten it; only what fits is kept as a draft.`,
    storageFull: 'Not sent: this device’s storage is full. Your text is still here.',
    storageFailed: 'Not sent: this device could not store the message. Your text is still here.',
    refused: 'This message can’t be sent like this. Your text is still here.',
    draftNotKept: 'This draft could not be kept on the device.',
  },
};
