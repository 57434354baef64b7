import { plural } from '../plural.ts';

const many = plural('de');

export const entering = {
  signIn: {
    title: 'Anmelden',
    email: 'E-Mail-Adresse',
    password: 'Passwort',
    submit: 'Anmelden',
    submitting: 'Wird angemeldet …',
    wrong: 'E-Mail-Adresse oder Passwort stimmt nicht.',
    offline: 'Zum Anmelden wird das Netz gebraucht.',
    ended: (name: string) =>
      `Die Anmeldung von ${name} ist abgelaufen. Nichts ist verloren: Was auf diesem Gerät liegt, ist nach dem Anmelden wieder da.`,
    endedWaiting: (count: number) =>
      many(count, {
        one: 'Eine Nachricht wartet noch und wird dann gesendet.',
        other: '# Nachrichten warten noch und werden dann gesendet.',
      }),
    showPassword: 'Passwort anzeigen',
    hidePassword: 'Passwort verbergen',
    noAccount: 'Noch kein Zugang? Bitten Sie Ihre Firma um einen Einladungslink.',
  },

  door: {
    leaving: 'Dieses Gerät wird geleert …',
    left: 'Sie sind abgemeldet. Auf diesem Gerät liegt nichts mehr von Ihnen.',
    leftUntold:
      'Sie sind abgemeldet, und auf diesem Gerät liegt nichts mehr von Ihnen. Der Server erfährt es, sobald Netz da ist.',
    ordered:
      'Dieses Gerät wurde von einem Ihrer anderen Geräte aus abgemeldet und geleert. Was gesendet war, ist nach dem Anmelden wieder da.',
    notEmptied:
      'Sie sind abgemeldet, aber auf diesem Gerät konnte noch nicht alles gelöscht werden. Bitte schließen Sie alle anderen Fenster von Hausfunk.',
    again: 'Noch einmal versuchen',
    evicted:
      'Der Browser hat die Kopie auf diesem Gerät gelöscht. Sobald Netz da ist, wird sie neu geholt; was von hier noch nicht gesendet war, ist möglicherweise verloren.',
    evictedNotice:
      'Der Browser hatte die Kopie auf diesem Gerät gelöscht; sie wurde neu geholt. Was von hier noch nicht gesendet war, ist möglicherweise verloren. Ist Hausfunk als App installiert, behält der Browser sie meist dauerhaft.',
    forget: (name: string) => `Nicht ${name}? Dieses Gerät leeren`,
    forgetTitle: 'Dieses Gerät leeren?',
    forgetText: (name: string) =>
      `Was für ${name} auf diesem Gerät liegt, wird gelöscht. Was gesendet war, bleibt auf dem Server.`,
    forgetYes: 'Gerät leeren',
    forgetNo: 'Behalten',
  },

  setUp: {
    title: 'Hausfunk einrichten',
    intro: 'Diese Installation ist noch leer. Richten Sie Ihre Firma und den ersten Zugang ein.',
    code: 'Einmal-Code',
    codeHint: 'Er steht in der Ausgabe des Servers.',
    wrongCode: 'Dieser Code stimmt nicht. Der gültige steht in der letzten Ausgabe des Servers.',
    done: 'Diese Installation ist bereits eingerichtet. Bitte melden Sie sich an.',
    company: 'Name der Firma',
    submit: 'Einrichten',
    submitting: 'Wird eingerichtet …',
  },

  person: {
    first: 'Vorname',
    last: 'Nachname',
    salutation: 'Anrede',
    city: 'Ort',
    link: 'Besprechungslink',
    linkHint: 'Eine Adresse, die mit https:// beginnt.',
    newPassword: 'Passwort',
    newPasswordHint: 'Mindestens 8 Zeichen.',
  },

  invitation: {
    title: 'Einladung',
    intro: (company: string) => `Sie sind eingeladen, bei „${company}“ dabei zu sein.`,
    submit: 'Beitreten',
    submitting: 'Sie treten bei …',
    invalid: 'Diese Einladung gilt nicht mehr. Bitten Sie um eine neue.',
    taken: 'Mit dieser E-Mail-Adresse gibt es schon einen Zugang.',
    signedIn: 'Auf diesem Gerät ist bereits jemand angemeldet. Melden Sie sich zuerst ab, um die Einladung anzunehmen.',
    checking: 'Die Einladung wird geprüft …',
  },
};
