import { plural } from '../plural.ts';

const many = plural('de');

export const settings = {
  settings: {
    title: 'Einstellungen',
    sections: 'Bereiche der Einstellungen',
    close: 'Schließen',
    cancel: 'Abbrechen',
    needsNetwork: 'Dafür wird das Netz gebraucht.',
    typedStays: 'Was Sie eingegeben haben, bleibt hier stehen.',
    notKept:
      'Das konnte auf diesem Gerät nicht gespeichert werden. Bitte schaffen Sie Platz und versuchen Sie es noch einmal.',

    messenger: 'Messenger',
    messengerDetail: 'Stummschalten, Lesebestätigungen',
    muteAll: 'Alle Chats stummschalten',
    muteAllHint: 'Keine Benachrichtigungen mehr, auf keinem Ihrer Geräte. Die Zahlen ungelesener Nachrichten bleiben.',
    readReceipts: 'Lesebestätigungen',
    readReceiptsHint:
      'Andere sehen, was Sie gelesen haben, und Sie sehen, was andere gelesen haben. Schalten Sie das aus, gilt das in beide Richtungen.',

    profile: 'Mein Profil',
    profileSave: 'Speichern',
    profileSaving: 'Wird gespeichert …',
    profileSaved: 'Gespeichert.',
    profileDiscard: 'Verwerfen',
    linkWrong: 'Die Adresse muss mit https:// beginnen.',
    findable: 'Auffindbarkeit',
    visible: 'In der Suche sichtbar',
    visibleHint:
      'Personen aus anderen Firmen können Sie in der Kontaktsuche finden. Für Ihre Kolleginnen und Kollegen sind Sie immer sichtbar.',

    appearance: 'Aussehen und Sprache',
    appearanceDetail: 'Hell oder dunkel, Deutsch oder Englisch',
    theme: 'Aussehen',
    themeSystem: 'Wie das Gerät',
    themeLight: 'Hell',
    themeDark: 'Dunkel',
    language: 'Sprache',
    shortcuts: 'Tastenkürzel',
    shortcutsHint: 'Alle Tastenkürzel zeigt auch die Taste „?“.',
    showShortcuts: 'Tastenkürzel anzeigen',

    onAllDevices: 'Auf allen Ihren Geräten',
    onThisDevice: 'Auf diesem Gerät',
    details: 'Angaben',

    people: 'Personen und Einladungen',
    peopleDetail: 'Kolleginnen und Kollegen einladen',

    thisDevice: 'Dieses Gerät',
    thisDeviceDetail: 'Speicher, Abmelden',
    storage: 'Speicher',
    storageUsed: (used: string, quota: string) => `Hausfunk belegt ${used} von höchstens ${quota}.`,
    storageUsedOnly: (used: string) => `Hausfunk belegt ${used}.`,
    storageUnknown: 'Dieser Browser sagt nicht, wie viel Platz Hausfunk belegt.',
    loadHistory: 'Frühere Nachrichten auf dieses Gerät laden',
    historyWhole: 'Alle Nachrichten sind auf diesem Gerät.',
    persisted: 'Der Browser behält diese Daten dauerhaft.',
    notPersisted:
      'Wird der Platz knapp, darf der Browser diese Daten löschen. Sie werden dann vom Server neu geholt; was noch nicht gesendet war, wäre verloren.',
    persist: 'Dauerhaft behalten',
    persistRefused:
      'Der Browser hat das nicht zugelassen. Installieren Sie Hausfunk als App, dann behält er die Daten meist dauerhaft.',
  },

  picture: {
    label: 'Profilbild',
    choose: 'Bild wählen',
    take: 'Foto aufnehmen',
    remove: 'Bild entfernen',
    removeTitle: 'Bild entfernen?',
    removeText: 'Ihre Kolleginnen und Kollegen sehen dann wieder Ihre Initialen.',
    hint: 'JPEG, PNG oder WebP. Das Bild wird auf diesem Gerät zugeschnitten; Aufnahmeort und andere Angaben der Kamera werden dabei entfernt.',
    opening: 'Das Bild wird geöffnet …',
    saved: 'Das Bild ist gespeichert.',
    removed: 'Das Bild ist entfernt.',
    cropTitle: 'Ausschnitt wählen',
    cropArea: 'Ausschnitt',
    cropHint:
      'Ziehen Sie das Bild, oder verschieben Sie es mit den Pfeiltasten. Plus und Minus vergrößern und verkleinern.',
    zoom: 'Vergrößerung',
    use: 'Übernehmen',
    using: 'Wird gespeichert …',
    unreachable:
      'Der Server ist gerade nicht erreichbar. Ihr Ausschnitt bleibt hier; versuchen Sie es gleich noch einmal.',
    refusals: {
      'no-picture': 'Diese Datei ist kein Bild, oder sie ist beschädigt. Bitte wählen Sie ein anderes.',
      format: 'Dieses Bildformat können nicht alle Geräte zeigen. Bitte wählen Sie ein Bild als JPEG, PNG oder WebP.',
      'too-many-bytes': 'Diese Datei ist zu groß: höchstens 30 MB.',
      'too-many-pixels': 'Dieses Bild hat zu viele Bildpunkte: höchstens 50 Millionen. Bitte verkleinern Sie es.',
      broken: 'Dieses Bild ist beschädigt und lässt sich nicht öffnen. Bitte wählen Sie ein anderes.',
      server: 'Der Server hat dieses Bild nicht angenommen. Bitte wählen Sie ein anderes.',
      'cannot-encode': 'Dieser Browser kann das Bild nicht umwandeln. Bitte versuchen Sie es mit einem anderen.',
    },
  },

  devices: {
    title: 'Geräte',
    detail: 'Wo Sie angemeldet sind',
    intro: 'Auf diesen Geräten sind Sie angemeldet. Melden Sie ab, was Sie nicht kennen oder nicht mehr haben.',
    list: 'Ihre Geräte',
    loading: 'Die Liste wird geholt …',
    unreachable: 'Die Liste Ihrer Geräte kommt vom Server, und der ist gerade nicht erreichbar.',
    again: 'Noch einmal versuchen',
    name: (browser: string, system: string) => `${browser} auf ${system}`,
    unknownBrowser: 'Browser',
    unknown: 'Unbekanntes Gerät',
    current: 'Dieses Gerät',
    seenNow: 'In der letzten Stunde aktiv',
    seen: (day: string) => `Zuletzt aktiv: ${day}`,
    since: (day: string) => `angemeldet am ${day}`,
    actions: (device: string) => `Aktionen für ${device}`,
    signOut: 'Abmelden',
    wipe: 'Abmelden und leeren',
    signOutTitle: (device: string) => `${device} abmelden?`,
    signOutText:
      'Dort muss man sich neu anmelden. Was dort noch nicht gesendet ist, bleibt auf dem Gerät und wird nach der nächsten Anmeldung gesendet.',
    wipeTitle: (device: string) => `${device} abmelden und leeren?`,
    wipeText:
      'Alle Daten von Hausfunk werden dort gelöscht, auch was noch nicht gesendet ist. Das geschieht, sobald sich das Gerät wieder meldet.',
    signedOut: (device: string) => `${device} ist abgemeldet.`,
    wiped: (device: string) => `${device} ist abgemeldet. Es wird geleert, sobald es sich wieder meldet.`,
    others: 'Alle anderen abmelden',
    othersTitle: 'Alle anderen Geräte abmelden?',
    othersText: (count: number) =>
      many(count, {
        one: 'Ein anderes Gerät wird abgemeldet. Dieses hier bleibt angemeldet.',
        other: '# andere Geräte werden abgemeldet. Dieses hier bleibt angemeldet.',
      }),
    othersSignedOut: 'Alle anderen Geräte sind abgemeldet.',
    signOutHere: 'Hier abmelden',
  },

  signOut: {
    section: 'Abmelden',
    text: 'Beim Abmelden wird alles gelöscht, was auf diesem Gerät liegt. Was gesendet ist, ist nach der nächsten Anmeldung wieder da.',
    submit: 'Abmelden',
    stay: 'Angemeldet bleiben',
    title: 'Noch nicht alles ist gesendet',
    readyTitle: 'Alles ist gesendet',
    ready: 'Jetzt können Sie sich abmelden, ohne dass etwas verloren geht.',
    messages: (count: number) => many(count, { one: 'Eine Nachricht wartet noch', other: '# Nachrichten warten noch' }),
    failed: (count: number) =>
      many(count, {
        one: 'Eine Nachricht konnte nicht gesendet werden',
        other: '# Nachrichten konnten nicht gesendet werden',
      }),
    drafts: (count: number) =>
      many(count, { one: 'Ein Entwurf ist nur auf diesem Gerät', other: '# Entwürfe sind nur auf diesem Gerät' }),
    inChats: (what: string, chats: string) => `${what} (für ${chats}).`,
    wouldBeLost: 'Beim Abmelden wird dieses Gerät geleert; das ginge dann verloren.',
    failedHint:
      'Was nicht gesendet werden konnte, finden Sie in diesen Chats: Dort können Sie es noch einmal senden oder kopieren.',
    whenSent: 'Senden, dann abmelden',
    discard: 'Verwerfen und abmelden',
    waitingTitle: 'Wird gesendet, dann abgemeldet',
    waiting: (left: number, all: number) => `Noch ${left} von ${all}`,
    waitingOffline:
      'Gerade ist kein Netz da. Sobald es wieder da ist, geht es von selbst weiter; lassen Sie Hausfunk so lange offen.',
    discardTitle: 'Wirklich verwerfen?',
    discardText: 'Das wird auf diesem Gerät gelöscht und nie gesendet:',
    back: 'Zurück',
    offlineTitle: 'Ohne Netz abmelden?',
    offlineText:
      'Alles ist gesendet, und dieses Gerät wird jetzt geleert. Wieder anmelden können Sie sich erst, wenn Netz da ist.',
  },
};
