import type { Texts } from './de.ts';
import { plural } from './plural.ts';

const many = plural('en');
const number = new Intl.NumberFormat('en');

export const en: Texts = {
  product: 'Hausfunk',
  loading: 'One moment …',
  notFound: { title: 'This page does not exist', text: 'The address may be incomplete.', toChats: 'To the chats' },

  trouble: {
    unreachable: 'The server can’t be reached right now. What you typed stays here; please try again in a moment.',
    tooMany: 'Too many attempts. Please wait a moment.',
    unexpected: (message) => `That didn’t work: ${message}`,
    storageClosed:
      'Nothing can be stored on this device right now, so Hausfunk can’t open. A private window or blocked storage can be the reason.',
    again: 'Try again',
  },

  signIn: {
    title: 'Sign in',
    email: 'E-mail address',
    password: 'Password',
    submit: 'Sign in',
    submitting: 'Signing in …',
    wrong: 'The e-mail address or the password is wrong.',
    offline: 'Signing in needs the network.',
    ended: 'Your sign-in has ended. Nothing is lost: what is on this device is back once you have signed in.',
    endedWaiting: (count) =>
      many(count, {
        one: 'One message is still waiting and goes out then.',
        other: '# messages are still waiting and go out then.',
      }),
    noAccount: 'No account yet? Ask your company for an invitation link.',
  },

  setUp: {
    title: 'Set up Hausfunk',
    intro: 'This installation is still empty. Set up your company and the first account.',
    code: 'One-time code',
    codeHint: 'The server has printed it.',
    wrongCode: 'This code is wrong. The valid one is in the server’s latest output.',
    done: 'This installation has been set up already. Please sign in.',
    company: 'Name of the company',
    submit: 'Set up',
    submitting: 'Setting up …',
  },

  person: {
    first: 'First name',
    last: 'Last name',
    salutation: 'Salutation',
    city: 'City',
    link: 'Meeting link',
    linkHint: 'An address that begins with https://.',
    newPassword: 'Password',
    newPasswordHint: 'At least 8 characters.',
  },

  invitation: {
    title: 'Invitation',
    intro: (company) => `You are invited to join “${company}”.`,
    submit: 'Join',
    submitting: 'Joining …',
    invalid: 'This invitation is no longer valid. Ask for a new one.',
    taken: 'There is already an account with this e-mail address.',
    signedIn: 'Somebody is already signed in on this device. Sign out first to accept the invitation.',
    checking: 'Checking the invitation …',
  },

  invalidInput: 'Please check what you entered.',

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

  connection: {
    offline: 'Offline',
    offlineWaiting: (count) => many(count, { one: 'Offline · # waiting', other: 'Offline · # waiting' }),
    outdated: 'This version is too old for the server. Nothing is lost; please reload the page.',
    signedOut: 'You are signed out. Nothing is lost.',
    storageFull: 'This device’s storage is full. Please make room; until then nothing new is kept.',
    storageFailed: 'This device can’t store anything right now.',
  },

  update: { ready: 'A new version is here.', reload: 'Reload' },

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

  settings: {
    title: 'Settings',
    profile: 'My profile',
    profileSave: 'Save',
    profileSaved: 'Saved.',
    visible: 'Visible to other companies in search',
    yes: 'Yes',
    no: 'No',
    appearance: 'Appearance and language',
    theme: 'Appearance',
    themeSystem: 'Like the device',
    themeLight: 'Light',
    themeDark: 'Dark',
    language: 'Language',
    company: 'Company',
    people: 'People and invitations',
    peopleDetail: 'Invite colleagues',
    signOutSection: 'This device',
    signOut: 'Sign out',
    signOutTitle: 'Really sign out?',
    signOutWaiting: (count) =>
      many(count, { one: 'One message has not been sent yet.', other: '# messages have not been sent yet.' }),
    signOutKept: 'They stay on this device and go out as soon as you sign in here again.',
    stay: 'Stay signed in',
    signOutUnreachable: 'Signing out needs the network.',
  },

  administration: {
    title: 'People',
    people: 'People of the company',
    administrator: 'Administrator',
    invite: 'Invite',
    inviteText: 'An invitation link is for one person and 7 days. Hand it to nobody else.',
    makeLink: 'Make an invitation link',
    making: 'Making it …',
    link: 'Invitation link',
    copy: 'Copy',
    copied: 'Copied.',
    validUntil: (day) => `Valid until ${day}.`,
    revoke: 'Withdraw',
    revoked: 'The invitation has been withdrawn.',
    notAllowed: 'Only administrators of your company may do this.',
  },
};
