import type { shortcuts as German } from '../de/shortcuts.ts';

export const shortcuts: typeof German = {
  shortcuts: {
    title: 'Keyboard shortcuts',
    close: 'Close',
    keys: { control: 'Ctrl', shift: 'Shift', enter: 'Enter' },
    or: 'or',
    place: { everywhere: 'Everywhere', list: 'In the list', messages: 'In the messages', composer: 'While writing' },
    does: {
      search: 'Search people and chats',
      previousChat: 'Previous chat',
      nextChat: 'Next chat',
      close: 'Close, cancel, go back',
      help: 'This overview',
      walkList: 'From row to row',
      openRow: 'Open',
      walkMessages: 'From message to message',
      messageActions: 'What can be done with the message',
      send: 'Send',
      breakLine: 'New line',
      editLast: 'In the empty input: edit your last message',
    },
    questionMark: 'The ? key opens this overview',
  },
};
