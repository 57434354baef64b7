import { administration } from './en/administration.ts';
import { composer } from './en/composer.ts';
import { conversation } from './en/conversation.ts';
import { entering } from './en/entering.ts';
import { frame } from './en/frame.ts';
import { lists } from './en/lists.ts';
import { search } from './en/search.ts';
import { settings } from './en/settings.ts';
import { shortcuts } from './en/shortcuts.ts';
import type { Texts } from './de.ts';

export const en: Texts = {
  product: 'Hausfunk',
  loading: 'One moment …',
  invalidInput: 'Please check what you entered.',
  ...entering,
  ...lists,
  ...frame,
  ...conversation,
  ...composer,
  ...search,
  ...settings,
  ...shortcuts,
  ...administration,
};
