import { For, type JSX } from 'solid-js';
import { texts } from '../i18n/language.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Switch } from '../ui/Switch.tsx';
import { letQuestionMarkWork, questionMarkWorks } from './question-mark.ts';
import { keyNames } from './shortcut-keys.ts';
import { SHORTCUTS, showShortcuts, type Place, type Shortcut } from './shortcuts.ts';
import './shortcut-table.css';

const PLACES: readonly Place[] = ['everywhere', 'list', 'messages', 'composer'];
const keysAt = (place: Place): readonly Shortcut[] => SHORTCUTS.filter((one) => one.place === place);

/** All keys, by place. */
export function ShortcutTable(): JSX.Element {
  const words = () => texts().shortcuts;
  return (
    <Dialog open wide title={words().title} closeLabel={words().close} onClose={() => showShortcuts(false)}>
      <div class="shortcut-table">
        <For each={PLACES}>
          {(place) => (
            <section aria-label={words().place[place]}>
              <h3>{words().place[place]}</h3>
              <dl>
                <For each={keysAt(place)}>
                  {(shortcut) => (
                    <div class="shortcut">
                      <dt>{words().does[shortcut.does]}</dt>
                      <dd>
                        <For each={shortcut.keys}>
                          {(combination, at) => (
                            <>
                              {at() > 0 ? ` ${words().or} ` : ''}
                              <span class="shortcut-keys">
                                <For each={keyNames(combination)}>{(key) => <kbd>{key}</kbd>}</For>
                              </span>
                            </>
                          )}
                        </For>
                      </dd>
                    </div>
                  )}
                </For>
              </dl>
            </section>
          )}
        </For>
      </div>
      <Switch label={words().questionMark} checked={questionMarkWorks()} onChange={letQuestionMarkWork} />
    </Dialog>
  );
}
