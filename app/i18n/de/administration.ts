import { plural } from '../plural.ts';

const many = plural('de');

export const administration = {
  administration: {
    peopleOf: (company: string, count: number) =>
      many(count, { one: `Eine Person bei ${company}`, other: `# Personen bei ${company}` }),
    self: 'Sie',
    administrator: 'Administration',
    invite: 'Einladen',
    inviteText: 'Ein Einladungslink gilt für eine Person und 7 Tage. Geben Sie ihn nur an sie weiter.',
    makeLink: 'Einladungslink erstellen',
    makeAnother: 'Noch einen Link erstellen',
    making: 'Wird erstellt …',
    link: 'Einladungslink',
    copy: 'Kopieren',
    copied: 'Kopiert.',
    validUntil: (day: string) => `Gilt bis ${day}.`,
    revoke: 'Zurückziehen',
    revoked: 'Die Einladung ist zurückgezogen.',
    notAllowed: 'Das dürfen nur Administratorinnen und Administratoren Ihrer Firma.',
  },
};
