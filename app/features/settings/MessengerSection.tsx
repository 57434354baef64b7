import { createSignal, type JSX } from 'solid-js';
import type { AppendOutcome } from '../../../crdt/replica/contract.ts';
import { texts } from '../../i18n/language.ts';
import { useHouse } from '../../reactive/house.ts';
import { Section } from '../../ui/Screen.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { TroubleNotice } from '../../ui/TroubleNotice.tsx';

/** What holds on all devices of the person (C10, M5); kept here at once, network or not. */
export function MessengerSection(): JSX.Element {
  const house = useHouse();
  const [kept, setKept] = createSignal(true);
  const set = async (change: Promise<AppendOutcome>): Promise<void> => {
    setKept((await change).kind === 'waiting');
  };
  return (
    <Section title={texts().settings.onAllDevices}>
      <Switch
        label={texts().settings.muteAll}
        hint={texts().settings.muteAllHint}
        checked={house.muteAll()}
        onChange={(muted) => void set(house.setMuteAll(muted))}
      />
      <Switch
        label={texts().settings.readReceipts}
        hint={texts().settings.readReceiptsHint}
        checked={house.readReceipts()}
        onChange={(told) => void set(house.setReadReceipts(told))}
      />
      <TroubleNotice words={kept() ? undefined : texts().settings.notKept} kind="danger" />
    </Section>
  );
}
