import { plural } from '../plural.ts';

const many = plural('de');

export const frame = {
  connection: {
    offline: 'Offline',
    offlineWaiting: (count: number) => many(count, { one: 'Offline · # wartet', other: 'Offline · # warten' }),
    outdated: 'Diese Version ist zu alt für den Server. Nichts ist verloren; bitte laden Sie die Seite neu.',
    codeMissing:
      'Hausfunk ist nicht vollständig geladen und kann so nicht verbinden. Nichts ist verloren; bitte laden Sie die Seite neu.',
    signedOut: 'Sie sind abgemeldet. Nichts ist verloren.',
    storageFull: 'Der Speicher dieses Geräts ist voll. Schaffen Sie Platz; bis dahin wird nichts Neues gespeichert.',
    storageFailed: 'Dieses Gerät kann gerade nichts speichern.',
    storageShort: (megabytes: number) =>
      `Der Speicher dieses Geräts ist fast voll: ${many(megabytes, { one: 'noch etwa # MB', other: 'noch etwa # MB' })}. Noch wird alles gespeichert; bitte schaffen Sie bald Platz.`,
    repairing: 'Ein Teil der Kopie auf diesem Gerät war beschädigt und wird neu vom Server geholt.',
    repaired: 'Ein Teil der Kopie auf diesem Gerät war beschädigt. Alles, was der Server hat, ist wieder hier.',
    ownKept: 'Was von hier noch nicht gesendet war, ist noch da.',
    ownMayLack: 'Was von hier noch nicht gesendet war, fehlt möglicherweise; bitte sehen Sie nach.',
  },

  notices: { region: 'Mitteilungen', dismiss: 'Hinweis schließen' },

  update: { ready: 'Eine neue Version ist da.', reload: 'Neu laden' },

  notFound: {
    title: 'Diese Seite gibt es nicht',
    text: 'Vielleicht ist die Adresse unvollständig oder veraltet.',
    chatTitle: 'Diesen Chat gibt es nicht',
    chatText: 'Vielleicht ist die Adresse unvollständig, oder Sie gehören nicht zu diesem Chat.',
    toChats: 'Zu den Chats',
  },

  trouble: {
    unreachable:
      'Der Server ist gerade nicht erreichbar. Ihre Eingaben bleiben hier stehen; versuchen Sie es gleich noch einmal.',
    tooMany: 'Zu viele Versuche. Bitte warten Sie einen Augenblick.',
    unexpected: (message: string) => `Das hat nicht geklappt: ${message}`,
    broken: 'Hier ist etwas schiefgegangen. Was Sie geschrieben haben, ist auf diesem Gerät noch da.',
    missingPart:
      'Dieser Teil konnte nicht geladen werden: Entweder fehlt das Netz, oder eine neue Version ist da. Was Sie geschrieben haben, bleibt erhalten.',
    storageClosed:
      'Auf diesem Gerät lässt sich gerade nichts speichern, deshalb lässt sich Hausfunk nicht öffnen. Ein privates Fenster oder gesperrter Speicher kann der Grund sein.',
    again: 'Noch einmal versuchen',
    fetchAnew: 'Neu vom Server holen',
    fetchAnewTitle: 'Kopie auf diesem Gerät verwerfen?',
    fetchAnewText:
      'Alles, was der Server hat, wird neu geholt. Was Sie von hier noch nicht gesendet haben, ist danach verloren.',
    keepCopy: 'Behalten',
    notWiped:
      'Die Kopie ist noch in Gebrauch. Bitte schließen Sie alle anderen Fenster von Hausfunk und versuchen Sie es noch einmal.',
  },
};
