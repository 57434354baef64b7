import type { administration as German } from '../de/administration.ts';

export const administration: typeof German = {
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
