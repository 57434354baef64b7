import { createMemo, Show, type JSX } from 'solid-js';
import { texts } from '../../i18n/language.ts';
import { useHouse } from '../../reactive/house.ts';
import { Switch } from '../../ui/Switch.tsx';

/** Whether earlier messages are loaded onto this device, and how far that is (S4). */
export function HistoryRow(): JSX.Element {
  const house = useHouse();
  const left = createMemo(() => {
    const history = house.history();
    return 'left' in history ? history : undefined;
  });
  return (
    <>
      <Show when={left()}>
        {(history) => (
          <Switch
            label={texts().settings.loadHistory}
            hint={texts().search.history[history().kind](history().left, history().total)}
            checked={history().kind !== 'paused'}
            onChange={(wanted) => void house.pauseHistory(!wanted)}
          />
        )}
      </Show>
      <Show when={house.history().kind === 'whole'}>
        <p>{texts().settings.historyWhole}</p>
      </Show>
    </>
  );
}
