import { plural } from '../plural.ts';
import type { settings as German } from '../de/settings.ts';

const many = plural('en');

export const settings: typeof German = {
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
};
