import { plural } from '../plural.ts';
import type { entering as German } from '../de/entering.ts';

const many = plural('en');

export const entering: typeof German = {
  signIn: {
    title: 'Sign in',
    email: 'E-mail address',
    password: 'Password',
    submit: 'Sign in',
    submitting: 'Signing in …',
    wrong: 'The e-mail address or the password is wrong.',
    offline: 'Signing in needs the network.',
    ended: (name) =>
      `${name} needs to sign in again. Nothing is lost: what is on this device is back once you have signed in.`,
    endedWaiting: (count) =>
      many(count, {
        one: 'One message is still waiting and will be sent then.',
        other: '# messages are still waiting and will be sent then.',
      }),
    showPassword: 'Show password',
    hidePassword: 'Hide password',
    noAccount: 'No account yet? Ask your company for an invitation link.',
  },

  door: {
    leaving: 'Clearing this device …',
    left: 'You are signed out. Nothing of yours is left on this device.',
    leftUntold:
      'You are signed out, and nothing of yours is left on this device. The server will know as soon as you are online.',
    ordered:
      'This device was signed out and cleared from another one of yours. What had been sent is back once you have signed in.',
    notEmptied:
      'You are signed out, but not everything on this device could be deleted yet. Please close all other windows of Hausfunk.',
    again: 'Try again',
    evicted:
      'The browser has deleted the copy on this device. It is fetched again as soon as you are online; what had not been sent from here may be lost.',
    evictedNotice:
      'The browser had deleted the copy on this device; it has been fetched again. What had not been sent from here may be lost. When Hausfunk is installed as an app, the browser usually keeps it for good.',
    forget: (name) => `Not ${name}? Clear this device`,
    forgetTitle: 'Clear this device?',
    forgetText: (name) => `What lies here for ${name} is deleted. What had been sent stays on the server.`,
    forgetYes: 'Clear device',
    forgetNo: 'Keep',
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
};
