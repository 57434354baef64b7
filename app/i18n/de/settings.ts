import { plural } from '../plural.ts';

const many = plural('de');

export const settings = {
  settings: {
    title: 'Einstellungen',
    profile: 'Mein Profil',
    profileSave: 'Speichern',
    profileSaved: 'Gespeichert.',
    visible: 'In der Suche für andere Firmen sichtbar',
    yes: 'Ja',
    no: 'Nein',
    appearance: 'Aussehen und Sprache',
    theme: 'Aussehen',
    themeSystem: 'Wie das Gerät',
    themeLight: 'Hell',
    themeDark: 'Dunkel',
    language: 'Sprache',
    company: 'Firma',
    people: 'Personen und Einladungen',
    peopleDetail: 'Kolleginnen und Kollegen einladen',
    signOutSection: 'Dieses Gerät',
    signOut: 'Abmelden',
    signOutTitle: 'Wirklich abmelden?',
    signOutWaiting: (count: number) =>
      many(count, {
        one: 'Eine Nachricht ist noch nicht gesendet.',
        other: '# Nachrichten sind noch nicht gesendet.',
      }),
    signOutKept: 'Sie bleiben auf diesem Gerät und gehen hinaus, sobald Sie sich hier wieder anmelden.',
    stay: 'Angemeldet bleiben',
    signOutUnreachable: 'Zum Abmelden wird das Netz gebraucht.',
  },
};
