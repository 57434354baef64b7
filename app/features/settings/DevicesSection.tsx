import {
  createEffect,
  createMemo,
  createResource,
  createSignal,
  For,
  Match,
  on,
  Show,
  Switch,
  type JSX,
} from 'solid-js';
import type { Device } from '../../../crdt/model/protocol/http.ts';
import { texts } from '../../i18n/language.ts';
import { useHouse } from '../../reactive/house.ts';
import { askDevices, signOutDevice } from '../../shell/installation.ts';
import { troubleWords } from '../../shell/trouble-words.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Question } from '../../ui/Question.tsx';
import { Section } from '../../ui/Screen.tsx';
import { TroubleNotice } from '../../ui/TroubleNotice.tsx';
import { DeviceRow } from './DeviceRow.tsx';
import { deviceName } from './device-words.ts';
import './devices-section.css';

type Plan =
  | { readonly kind: 'sign-out' | 'wipe'; readonly device: Device }
  | { readonly kind: 'others'; readonly devices: readonly Device[] };

type Said = { readonly kind: 'status' | 'trouble'; readonly words: string };

/** Where the person is signed in (P13). The list is the server's; without network there is none, and it says so. */
export function DevicesSection(props: { readonly onSignOutHere: () => void }): JSX.Element {
  const house = useHouse();
  const [answer, { refetch }] = createResource(askDevices);
  const [plan, setPlan] = createSignal<Plan>();
  const [busy, setBusy] = createSignal(false);
  const [said, setSaid] = createSignal<Said>();
  let list: HTMLElement | undefined;
  const devices = (): readonly Device[] | undefined => {
    // The list of before stays until the next one is here.
    const latest = answer.latest;
    return latest?.kind === 'ok' ? latest.value.devices : undefined;
  };
  const others = (): readonly Device[] => devices()?.filter(({ current }) => !current) ?? [];
  const trouble = (): string | undefined => {
    const latest = answer.latest;
    if (latest === undefined || latest.kind === 'ok') return undefined;
    return latest.kind === 'unreachable' ? texts().devices.unreachable : troubleWords(latest);
  };
  const words = (kind: Said['kind']): string | undefined => {
    const now = said();
    return now?.kind === kind ? now.words : undefined;
  };
  // The network is back: so is the list.
  createEffect(
    on(
      () => house.connection().kind === 'online',
      (online) => {
        if (online && answer.latest?.kind === 'unreachable') void refetch();
      },
      { defer: true },
    ),
  );

  const carryOut = async (what: Plan): Promise<void> => {
    setBusy(true);
    setSaid(undefined);
    const targets = what.kind === 'others' ? what.devices : [what.device];
    const answers = [];
    for (const device of targets) answers.push(await signOutDevice(device.id, what.kind === 'wipe'));
    setBusy(false);
    // Not found: signed out meanwhile, which is what was wanted.
    const failed = answers.find((one) => one.kind !== 'ok' && !(one.kind === 'refused' && one.status === 404));
    if (failed !== undefined && failed.kind !== 'ok') {
      const unreachable = failed.kind === 'unreachable';
      setSaid({ kind: 'trouble', words: unreachable ? texts().devices.unreachable : troubleWords(failed) });
    } else setSaid({ kind: 'status', words: doneWords(what) });
    await refetch();
    // The row that one came from is gone.
    if (document.activeElement === document.body) list?.focus({ preventScroll: true });
  };
  return (
    <Section title={texts().devices.list}>
      <p class="settings-hint">{texts().devices.intro}</p>
      <p role="status" class="settings-said">
        {words('status')}
      </p>
      <TroubleNotice words={words('trouble')} />
      <Switch fallback={<p class="settings-hint">{texts().devices.loading}</p>}>
        <Match when={trouble()}>
          {(said) => (
            <Notice
              kind="plain"
              icon="offline"
              actions={<Button onClick={() => void refetch()}>{texts().devices.again}</Button>}
            >
              {said()}
            </Notice>
          )}
        </Match>
        <Match when={devices()}>
          {(known) => (
            <ul
              class="devices"
              tabindex={-1}
              aria-label={texts().devices.list}
              ref={(element) => {
                list = element;
              }}
            >
              {/* By id: a row stays, with its open menu, when the list comes anew. */}
              <For each={known().map(({ id }) => id)}>
                {(id) => {
                  const device = createMemo<Device | undefined>(
                    (before) => known().find((one) => one.id === id) ?? before,
                  );
                  return (
                    <Show when={device()}>
                      {(device) => (
                        <DeviceRow
                          device={device()}
                          busy={busy()}
                          onSignOut={() =>
                            device().current ? props.onSignOutHere() : setPlan({ kind: 'sign-out', device: device() })
                          }
                          onWipe={() => setPlan({ kind: 'wipe', device: device() })}
                        />
                      )}
                    </Show>
                  );
                }}
              </For>
            </ul>
          )}
        </Match>
      </Switch>
      <Show when={others().length > 0 && trouble() === undefined}>
        <div>
          <Button icon="sign-out" disabled={busy()} onClick={() => setPlan({ kind: 'others', devices: others() })}>
            {texts().devices.others}
          </Button>
        </div>
      </Show>
      <Show when={plan()} keyed>
        {(what) => (
          <Question
            title={titleOf(what)}
            yes={what.kind === 'wipe' ? texts().devices.wipe : texts().devices.signOut}
            no={texts().settings.cancel}
            onAnswer={(yes) => {
              setPlan(undefined);
              if (yes) void carryOut(what);
            }}
          >
            <p>{textOf(what)}</p>
          </Question>
        )}
      </Show>
    </Section>
  );
}

function titleOf(plan: Plan): string {
  switch (plan.kind) {
    case 'sign-out':
      return texts().devices.signOutTitle(deviceName(plan.device));
    case 'wipe':
      return texts().devices.wipeTitle(deviceName(plan.device));
    case 'others':
      return texts().devices.othersTitle;
  }
}

function textOf(plan: Plan): string {
  switch (plan.kind) {
    case 'sign-out':
      return texts().devices.signOutText;
    case 'wipe':
      return texts().devices.wipeText;
    case 'others':
      return texts().devices.othersText(plan.devices.length);
  }
}

function doneWords(plan: Plan): string {
  switch (plan.kind) {
    case 'sign-out':
      return texts().devices.signedOut(deviceName(plan.device));
    case 'wipe':
      return texts().devices.wiped(deviceName(plan.device));
    case 'others':
      return texts().devices.othersSignedOut;
  }
}
