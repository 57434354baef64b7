import { plural } from '../plural.ts';
import type { settings as German } from '../de/settings.ts';

const many = plural('en');

export const settings: typeof German = {
  settings: {
    title: 'Settings',
    sections: 'Sections of the settings',
    close: 'Close',
    cancel: 'Cancel',
    needsNetwork: 'This needs the network. What you have entered stays here.',
    notKept: 'This could not be stored on this device. Please free up some space and try again.',

    messenger: 'Messenger',
    messengerDetail: 'Muting, read receipts',
    muteAll: 'Mute all chats',
    muteAllHint: 'No more notifications, on any of your devices. The numbers of unread messages stay.',
    readReceipts: 'Read receipts',
    readReceiptsHint:
      'Others see what you have read, and you see what they have read. Switching this off works both ways.',

    profile: 'My profile',
    profileSave: 'Save',
    profileSaving: 'Saving …',
    profileSaved: 'Saved.',
    profileDiscard: 'Discard',
    linkWrong: 'The address must begin with https://.',
    findable: 'Who can find you',
    visible: 'Visible in search',
    visibleHint: 'People from other companies can find you in the contact search. Your colleagues can always see you.',

    appearance: 'Appearance and language',
    appearanceDetail: 'Light or dark, German or English',
    theme: 'Appearance',
    themeSystem: 'Same as the device',
    themeLight: 'Light',
    themeDark: 'Dark',
    language: 'Language',
    shortcuts: 'Keyboard shortcuts',
    shortcutsHint: 'The “?” key shows all of them, too.',
    showShortcuts: 'Show keyboard shortcuts',

    onAllDevices: 'On all your devices',
    onThisDevice: 'On this device',
    details: 'Details',

    people: 'People and invitations',
    peopleDetail: 'Invite colleagues',

    thisDevice: 'This device',
    thisDeviceDetail: 'Storage, sign out',
    storage: 'Storage',
    storageUsed: (used, quota) => `Hausfunk uses ${used} of at most ${quota}.`,
    storageUsedOnly: (used) => `Hausfunk uses ${used}.`,
    storageUnknown: 'This browser does not say how much space Hausfunk uses.',
    persisted: 'The browser keeps this data for good.',
    notPersisted:
      'If space runs low, the browser may delete this data. It is then fetched from the server again; what had not been sent would be lost.',
    persist: 'Keep for good',
    persistRefused:
      'The browser has not allowed it. Install Hausfunk as an app, and it will usually keep the data for good.',
  },

  picture: {
    label: 'Profile picture',
    choose: 'Choose a picture',
    take: 'Take a photo',
    remove: 'Remove picture',
    removeTitle: 'Remove the picture?',
    removeText: 'Your colleagues will see your initials again.',
    hint: 'JPEG, PNG or WebP. The picture is cropped on this device; the location and other camera details are removed.',
    opening: 'Opening the picture …',
    saved: 'The picture is saved.',
    removed: 'The picture is removed.',
    cropTitle: 'Crop the picture',
    cropArea: 'Part of the picture',
    cropHint: 'Drag the picture, or move it with the arrow keys. Plus and minus zoom in and out.',
    zoom: 'Zoom',
    use: 'Use',
    using: 'Saving …',
    unreachable: 'The server cannot be reached right now. What you have chosen stays here; try again in a moment.',
    refusals: {
      'no-picture': 'This file is not a picture, or it is damaged. Please choose another one.',
      format: 'Not all devices can show this kind of picture. Please choose one as JPEG, PNG or WebP.',
      'too-many-bytes': 'This file is too big: 30 MB at most.',
      'too-many-pixels': 'This picture has too many pixels: 50 million at most. Please make it smaller.',
      broken: 'This picture is damaged and cannot be opened. Please choose another one.',
      server: 'The server has not accepted this picture. Please choose another one.',
      'cannot-encode': 'This browser cannot convert the picture. Please try another one.',
    },
  },

  devices: {
    title: 'Devices',
    detail: 'Where you are signed in',
    intro: 'You are signed in on these devices. Sign out any that you don’t recognise or no longer have.',
    list: 'Your devices',
    loading: 'Fetching the list …',
    unreachable: 'The list of your devices comes from the server, which cannot be reached right now.',
    again: 'Try again',
    name: (browser, system) => `${browser} on ${system}`,
    unknownBrowser: 'Browser',
    unknown: 'Unknown device',
    current: 'This device',
    seenNow: 'Active within the last hour',
    seen: (day) => `Last active: ${day}`,
    since: (day) => `signed in on ${day}`,
    actions: (device) => `Actions for ${device}`,
    signOut: 'Sign out',
    wipe: 'Sign out and clear',
    signOutTitle: (device) => `Sign out ${device}?`,
    signOutText:
      'That device will have to sign in again. What has not been sent from there stays on it and is sent after the next sign-in.',
    wipeTitle: (device) => `Sign out and clear ${device}?`,
    wipeText:
      'All Hausfunk data on it is deleted, including what has not been sent. This happens as soon as the device is online again.',
    signedOut: (device) => `${device} is signed out.`,
    wiped: (device) => `${device} is signed out. It will be cleared as soon as it is online again.`,
    others: 'Sign out all others',
    othersTitle: 'Sign out all other devices?',
    othersText: (count) =>
      many(count, {
        one: 'One other device is signed out. This one stays signed in.',
        other: '# other devices are signed out. This one stays signed in.',
      }),
    othersSignedOut: 'All other devices are signed out.',
    signOutHere: 'Sign out here',
  },

  signOut: {
    section: 'Sign out',
    text: 'Signing out deletes everything that lies on this device. What has been sent is back after the next sign-in.',
    submit: 'Sign out',
    stay: 'Stay signed in',
    title: 'Not everything has been sent',
    readyTitle: 'Everything has been sent',
    ready: 'You can sign out now and nothing gets lost.',
    messages: (count) => many(count, { one: 'One message is still waiting', other: '# messages are still waiting' }),
    failed: (count) => many(count, { one: 'One message could not be sent', other: '# messages could not be sent' }),
    drafts: (count) =>
      many(count, { one: 'One draft is only on this device', other: '# drafts are only on this device' }),
    inChats: (what, chats) => `${what}: ${chats}.`,
    wouldBeLost: 'Signing out clears this device; that would be lost.',
    failedHint: 'You find what could not be sent in these chats: there you can send it again or copy it.',
    whenSent: 'Send, then sign out',
    discard: 'Discard and sign out',
    waitingTitle: 'Sending, then signing out',
    waiting: (left, all) => `${left} of ${all} left`,
    waitingOffline:
      'You are offline right now. This continues by itself as soon as you are back; keep Hausfunk open until then.',
    discardTitle: 'Really discard?',
    discardText: 'This is deleted on this device and never sent:',
    back: 'Back',
    offlineTitle: 'Sign out while offline?',
    offlineText:
      'Everything has been sent, and this device is cleared now. You can sign in again only when you are online.',
  },
};
