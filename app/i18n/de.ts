import { plural } from './plural.ts';

const many = plural('de');
const number = new Intl.NumberFormat('de');

export const de = {
  product: 'Hausfunk',
  loading: 'Einen Moment …',
  notFound: {
    title: 'Diese Seite gibt es nicht',
    text: 'Vielleicht ist die Adresse unvollständig.',
    toChats: 'Zu den Chats',
  },

  trouble: {
    unreachable:
      'Der Server ist gerade nicht erreichbar. Ihre Eingaben bleiben hier stehen; versuchen Sie es gleich noch einmal.',
    tooMany: 'Zu viele Versuche. Bitte warten Sie einen Augenblick.',
    unexpected: (message: string) => `Das hat nicht geklappt: ${message}`,
    storageClosed:
      'Auf diesem Gerät lässt sich gerade nichts speichern, deshalb kann Hausfunk nicht öffnen. Ein privates Fenster oder gesperrter Speicher kann der Grund sein.',
    again: 'Noch einmal versuchen',
  },

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

  invalidInput: 'Bitte prüfen Sie Ihre Eingaben.',

  lists: {
    label: 'Chats und Kontakte',
    chats: 'Chats',
    contacts: 'Alle Kontakte',
    settings: 'Einstellungen',
    internal: 'Intern',
    unread: (count: number) => many(count, { one: '# ungelesene Nachricht', other: '# ungelesene Nachrichten' }),
    noChats: 'Noch keine Chats. Wählen Sie unter „Alle Kontakte“ jemanden aus.',
    noContacts: 'Hier ist noch niemand. Laden Sie Ihre Kolleginnen und Kollegen in den Einstellungen ein.',
    you: 'Sie',
    draft: (text: string) => `Entwurf: ${text}`,
    inactive: 'nicht mehr dabei',
    unknownPerson: 'Unbekannt',
  },

  connection: {
    offline: 'Offline',
    offlineWaiting: (count: number) => many(count, { one: 'Offline · # wartet', other: 'Offline · # warten' }),
    outdated: 'Diese Fassung ist zu alt für den Server. Nichts ist verloren; bitte laden Sie die Seite neu.',
    signedOut: 'Sie sind abgemeldet. Nichts ist verloren.',
    storageFull: 'Der Speicher dieses Geräts ist voll. Schaffen Sie Platz; bis dahin wird nichts Neues behalten.',
    storageFailed: 'Dieses Gerät kann gerade nichts speichern.',
  },

  update: { ready: 'Eine neue Fassung ist da.', reload: 'Neu laden' },

  conversation: {
    empty: 'Wählen Sie links einen Chat oder einen Kontakt.',
    unknown: 'Diesen Chat gibt es nicht.',
    messages: 'Nachrichten',
    earlier: 'Frühere Nachrichten',
    loadingEarlier: 'Frühere Nachrichten werden geladen …',
    latest: 'Zur neuesten Nachricht',
    beginning: 'Hier ist noch nichts geschrieben.',
    incomplete: 'Der Verlauf ist noch nicht vollständig auf diesem Gerät.',
    newMessages: (count: number) => many(count, { one: '# neue', other: '# neue' }),
    internalDetail: (company: string) => `Alle von ${company}`,
    today: 'Heute',
    yesterday: 'Gestern',
    edited: 'bearbeitet',
    arrived: (time: string) => `angekommen ${time}`,
    said: (name: string, text: string) => `${name}: ${text}`,
    back: 'Zurück zur Liste',
    self: 'Sie',
  },

  delivery: {
    saving: 'wird gespeichert',
    waiting: 'wartet auf Netz',
    sent: 'gesendet',
    failed: 'nicht gesendet',
    retry: 'Noch einmal senden',
    discard: 'Verwerfen',
    discardTitle: 'Diese Nachricht verwerfen?',
    discardText: 'Sie wurde nicht gesendet und wird von diesem Gerät gelöscht.',
    keep: 'Behalten',
    reason: {
      forbidden: 'Sie dürfen hier nicht mehr schreiben.',
      tooBig: 'Die Nachricht ist zu groß.',
      other: (code: string) => `Der Server hat sie nicht angenommen (${code}).`,
    },
  },

  composer: {
    label: 'Nachricht',
    placeholder: 'Nachricht …',
    send: 'Senden',
    offline: 'Wird gesendet, sobald Netz da ist',
    tooLong: (length: number, limit: number) =>
      `Zu lang: ${number.format(length)} von höchstens ${number.format(limit)} Zeichen. Bitte kürzen Sie; als Entwurf bleibt nur behalten, was hineinpasst.`,
    storageFull: 'Nicht gesendet: Der Speicher dieses Geräts ist voll. Ihr Text steht noch hier.',
    storageFailed: 'Nicht gesendet: Dieses Gerät konnte die Nachricht nicht speichern. Ihr Text steht noch hier.',
    refused: 'Diese Nachricht kann so nicht gesendet werden. Ihr Text steht noch hier.',
    draftNotKept: 'Dieser Entwurf konnte auf dem Gerät nicht behalten werden.',
  },

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

export type Texts = typeof de;
