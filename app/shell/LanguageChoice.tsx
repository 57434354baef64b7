import type { JSX } from 'solid-js';
import { chooseLanguage, language, texts } from '../i18n/language.ts';
import { Choice } from '../ui/Field.tsx';

/** Each language in its own words. */
export function LanguageChoice(): JSX.Element {
  return (
    <Choice
      label={texts().settings.language}
      value={language()}
      options={[
        { value: 'de', label: 'Deutsch' },
        { value: 'en', label: 'English' },
      ]}
      onChoose={chooseLanguage}
    />
  );
}
