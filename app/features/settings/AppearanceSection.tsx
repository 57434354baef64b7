import { Show, type JSX } from 'solid-js';
import { texts } from '../../i18n/language.ts';
import { LanguageChoice } from '../../shell/LanguageChoice.tsx';
import { mayHaveKeys } from '../../shell/pointer.ts';
import { showShortcuts } from '../../shell/shortcuts.ts';
import { chooseTheme, theme } from '../../shell/theme.ts';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Field.tsx';
import { Section } from '../../ui/Screen.tsx';

/** How Hausfunk looks on this device; at once, without network. */
export function AppearanceSection(): JSX.Element {
  return (
    <>
      <Section title={texts().settings.onThisDevice}>
        <Choice
          label={texts().settings.theme}
          value={theme()}
          options={[
            { value: 'system', label: texts().settings.themeSystem },
            { value: 'light', label: texts().settings.themeLight },
            { value: 'dark', label: texts().settings.themeDark },
          ]}
          onChoose={chooseTheme}
        />
        <LanguageChoice />
      </Section>
      <Show when={mayHaveKeys()}>
        <Section title={texts().settings.shortcuts}>
          <p class="settings-hint">{texts().settings.shortcutsHint}</p>
          <div>
            <Button icon="keyboard" onClick={showShortcuts}>
              {texts().settings.showShortcuts}
            </Button>
          </div>
        </Section>
      </Show>
    </>
  );
}
