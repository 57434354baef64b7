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
      walkList: 'Nächste oder vorige Zeile',
      openRow: 'Öffnen',
      walkMessages: 'Nächste oder vorige Nachricht',
      messageActions: 'Aktionen zur Nachricht',
      send: 'Senden',
      breakLine: 'Neue Zeile',
      editLast: 'Letzte eigene bearbeiten (im leeren Feld)',
    },
    questionMark: 'Die Taste ? öffnet diese Übersicht',
  },
};
