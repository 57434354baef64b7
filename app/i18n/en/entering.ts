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
};
