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
    ended:
      'Ihre Anmeldung ist abgelaufen. Nichts ist verloren: Was auf diesem Gerät liegt, ist nach dem Anmelden wieder da.',
    endedWaiting: (count: number) =>
      many(count, {
        one: 'Eine Nachricht wartet noch und geht dann hinaus.',
        other: '# Nachrichten warten noch und gehen dann hinaus.',
      }),
    noAccount: 'Noch kein Zugang? Bitten Sie Ihre Firma um einen Einladungslink.',
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
    intro: (company: string) => `Sie sind eingeladen, bei „${company}“ mitzuschreiben.`,
    submit: 'Beitreten',
    submitting: 'Sie treten bei …',
    invalid: 'Diese Einladung gilt nicht mehr. Bitten Sie um eine neue.',
    taken: 'Mit dieser E-Mail-Adresse gibt es schon einen Zugang.',
    signedIn: 'Auf diesem Gerät ist bereits jemand angemeldet. Melden Sie sich zuerst ab, um die Einladung anzunehmen.',
    checking: 'Die Einladung wird geprüft …',
  },
};
