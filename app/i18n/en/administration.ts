import { plural } from '../plural.ts';
import type { administration as German } from '../de/administration.ts';

const many = plural('en');

export const administration: typeof German = {
  administration: {
    peopleOf: (company, count) => many(count, { one: `One person at ${company}`, other: `# people at ${company}` }),
    self: 'You',
    administrator: 'Administrator',
    invite: 'Invite',
    inviteText: 'An invitation link is for one person and valid for 7 days. Share it with that person only.',
    makeLink: 'Create an invitation link',
    makeAnother: 'Create another link',
    making: 'Creating …',
    link: 'Invitation link',
    copy: 'Copy',
    copied: 'Copied.',
    validUntil: (day) => `Valid until ${day}.`,
    revoke: 'Withdraw',
    revoked: 'The invitation has been withdrawn.',
    notAllowed: 'Only administrators of your company may do this.',
  },
};
