export const shortcuts = {
  shortcuts: {
    title: 'Tastenkürzel',
    close: 'Schließen',
    keys: { control: 'Strg', shift: 'Umschalt', enter: 'Eingabe' },
    or: 'oder',
    place: { everywhere: 'Überall', list: 'In der Liste', messages: 'Im Verlauf', composer: 'Im Eingabefeld' },
    does: {
      search: 'Personen und Chats suchen',
      previousChat: 'Voriger Chat',
      nextChat: 'Nächster Chat',
      close: 'Schließen, abbrechen, zurück',
      help: 'Diese Übersicht',
      walkList: 'Von Zeile zu Zeile',
      openRow: 'Öffnen',
      walkMessages: 'Von Nachricht zu Nachricht',
      messageActions: 'Was sich mit der Nachricht tun lässt',
      send: 'Senden',
      breakLine: 'Neue Zeile',
      editLast: 'Im leeren Feld: letzte eigene Nachricht bearbeiten',
    },
    questionMark: 'Die Taste ? öffnet diese Übersicht',
  },
};
