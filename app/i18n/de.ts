import { administration } from './de/administration.ts';
import { composer } from './de/composer.ts';
import { conversation } from './de/conversation.ts';
import { entering } from './de/entering.ts';
import { frame } from './de/frame.ts';
import { lists } from './de/lists.ts';
import { search } from './de/search.ts';
import { settings } from './de/settings.ts';
import { shortcuts } from './de/shortcuts.ts';

export const de = {
  product: 'Hausfunk',
  loading: 'Einen Moment …',
  invalidInput: 'Bitte prüfen Sie Ihre Eingaben.',
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

export type Texts = typeof de;
