const number = new Intl.NumberFormat('de');

export const composer = {
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
};
