import type { shortcuts as German } from '../de/shortcuts.ts';

export const shortcuts: typeof German = {
  shortcuts: {
    title: 'Keyboard shortcuts',
    close: 'Close',
    keys: { control: 'Ctrl', shift: 'Shift', enter: 'Enter', home: 'Home', end: 'End' },
    or: 'or',
    place: { everywhere: 'Everywhere', list: 'In the list', messages: 'In the messages', composer: 'While writing' },
    does: {
      search: 'Search people, chats and messages',
      find: 'Search this chat',
      previousChat: 'Previous chat',
      nextChat: 'Next chat',
      close: 'Close, cancel, go back',
      help: 'This overview',
      walkList: 'Next or previous row',
      openRow: 'Open',
      walkMessages: 'Next or previous message',
      endsOfMessages: 'First or last message',
      messageActions: 'Actions for the message',
      send: 'Send',
      breakLine: 'New line',
      editLast: 'Edit your last message (in the empty input)',
    },
    questionMark: 'The ? key opens this overview',
  },
};
