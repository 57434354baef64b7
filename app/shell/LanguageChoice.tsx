import { createSignal, type JSX } from 'solid-js';
import { chooseLanguage, language, texts, type Language } from '../i18n/language.ts';
import { Choice } from '../ui/Field.tsx';
import { showToast } from '../ui/Toasts.tsx';

/** Each language in its own words. */
export function LanguageChoice(): JSX.Element {
  const [wanted, setWanted] = createSignal(language());
  const choose = async (chosen: Language): Promise<void> => {
    setWanted(chosen);
    if (await chooseLanguage(chosen)) return;
    setWanted(language());
    showToast({ key: 'language', title: texts().trouble.missingPart, kind: 'warning' });
  };
  return (
    <Choice
      label={texts().settings.language}
      value={wanted()}
      options={[
        { value: 'de', label: 'Deutsch' },
        { value: 'en', label: 'English' },
      ]}
      onChoose={(chosen: Language) => void choose(chosen)}
    />
  );
}
