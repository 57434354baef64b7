import { plural } from '../plural.ts';
import type { frame as German } from '../de/frame.ts';

const many = plural('en');

export const frame: typeof German = {
  connection: {
    offline: 'Offline',
    offlineWaiting: (count) => many(count, { one: 'Offline · # waiting', other: 'Offline · # waiting' }),
    outdated: 'This version is too old for the server. Nothing is lost; please reload the page.',
    codeMissing:
      'Hausfunk has not loaded in full and can’t connect like this. Nothing is lost; please reload the page.',
    signedOut: 'You are signed out. Nothing is lost.',
    storageFull: 'This device’s storage is full. Please free up some space; until then nothing new is stored.',
    storageFailed: 'This device can’t store anything right now.',
    storageShort: (megabytes) =>
      `This device’s storage is almost full: ${many(megabytes, { one: 'about # MB left', other: 'about # MB left' })}. Everything is still stored; please free up some space soon.`,
    repairing: 'Part of the copy on this device was damaged and is being fetched again from the server.',
    repaired: 'Part of the copy on this device was damaged. Everything that the server has is here again.',
    ownKept: 'What had not been sent from here is still there.',
    ownMayLack: 'What had not been sent from here may be missing; please have a look.',
  },

  notices: { region: 'Notifications', dismiss: 'Dismiss' },

  update: { ready: 'A new version is here.', reload: 'Reload' },

  notFound: {
    title: 'This page does not exist',
    text: 'The address may be incomplete or out of date.',
    chatTitle: 'This chat does not exist',
    chatText: 'The address may be incomplete, or you are not part of this chat.',
    toChats: 'To the chats',
  },

  trouble: {
    unreachable: 'The server can’t be reached right now. What you typed stays here; please try again in a moment.',
    tooMany: 'Too many attempts. Please wait a moment.',
    unexpected: (message) => `That didn’t work: ${message}`,
    broken: 'Something went wrong here. What you have written is kept on this device.',
    missingPart:
      'This part could not be loaded: either there is no network, or a new version is here. What you have written is kept.',
    storageClosed:
      'Nothing can be stored on this device right now, so Hausfunk can’t open. A private window or blocked storage can be the reason.',
    again: 'Try again',
    fetchAnew: 'Fetch again from the server',
    fetchAnewTitle: 'Discard the copy on this device?',
    fetchAnewText:
      'Everything that the server has is fetched again. What you have not sent from here yet will be lost.',
    keepCopy: 'Keep it',
    notWiped: 'The copy is still in use. Please close all other windows of Hausfunk and try again.',
  },
};
