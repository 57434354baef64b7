import { plural } from '../plural.ts';
import type { frame as German } from '../de/frame.ts';

const many = plural('en');

export const frame: typeof German = {
  connection: {
    offline: 'Offline',
    offlineWaiting: (count) => many(count, { one: 'Offline · # waiting', other: 'Offline · # waiting' }),
    outdated: 'This version is too old for the server. Nothing is lost; please reload the page.',
    signedOut: 'You are signed out. Nothing is lost.',
    storageFull: 'This device’s storage is full. Please make room; until then nothing new is kept.',
    storageFailed: 'This device can’t store anything right now.',
  },

  update: { ready: 'A new version is here.', reload: 'Reload' },

  notFound: { title: 'This page does not exist', text: 'The address may be incomplete.', toChats: 'To the chats' },

  trouble: {
    unreachable: 'The server can’t be reached right now. What you typed stays here; please try again in a moment.',
    tooMany: 'Too many attempts. Please wait a moment.',
    unexpected: (message) => `That didn’t work: ${message}`,
    storageClosed:
      'Nothing can be stored on this device right now, so Hausfunk can’t open. A private window or blocked storage can be the reason.',
    again: 'Try again',
  },
};
