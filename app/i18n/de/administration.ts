export const administration = {
  administration: {
    title: 'Personen',
    people: 'Personen der Firma',
    administrator: 'Administration',
    invite: 'Einladen',
    inviteText: 'Ein Einladungslink gilt für eine Person und 7 Tage. Geben Sie ihn nur an sie weiter.',
    makeLink: 'Einladungslink erstellen',
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
