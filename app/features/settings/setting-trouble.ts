import { texts } from '../../i18n/language.ts';
import { troubleWords, type Trouble } from '../../shell/trouble-words.ts';

/** What to say when a change that only the server can make was not made. */
export const settingTrouble = (trouble: Trouble): string =>
  trouble.kind === 'unreachable' ? texts().settings.needsNetwork : troubleWords(trouble);
