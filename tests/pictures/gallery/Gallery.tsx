import { createSignal, For, type JSX } from 'solid-js';
import { Avatar } from '../../../app/ui/Avatar.tsx';
import { Badge } from '../../../app/ui/Badge.tsx';
import { Bubble } from '../../../app/ui/Bubble.tsx';
import { Button, IconButton } from '../../../app/ui/Button.tsx';
import { Chip } from '../../../app/ui/Chip.tsx';
import { EmptyState } from '../../../app/ui/EmptyState.tsx';
import { Choice, Field } from '../../../app/ui/Field.tsx';
import { HUES } from '../../../app/ui/hue.ts';
import { Icon } from '../../../app/ui/Icon.tsx';
import { ListRow, RowSign } from '../../../app/ui/ListRow.tsx';
import { Notice } from '../../../app/ui/Notice.tsx';
import { SearchField } from '../../../app/ui/SearchField.tsx';
import { Section, Sheet } from '../../../app/ui/Screen.tsx';
import { Switch } from '../../../app/ui/Switch.tsx';
import { Tabs } from '../../../app/ui/Tabs.tsx';
import { ToastRegion } from '../../../app/ui/Toasts.tsx';
import { Tooltips } from '../../../app/ui/Tooltips.tsx';
import { HOSTILE_TEXTS } from '../hostile-texts.ts';
import { Overlays } from './Overlays.tsx';

/** Every part of the design system in every state, without a server behind it. */
export function Gallery(): JSX.Element {
  return (
    <main style={{ display: 'flex', height: '100dvh' }}>
      <Sheet>
        <h1>Design system</h1>
        <Overlays />
        <Controls />
        <Rows />
        <Bubbles />
        <Hostile />
      </Sheet>
      <Tooltips />
      <ToastRegion label="Confirmations" closeLabel="Close" />
    </main>
  );
}

function Controls(): JSX.Element {
  const [tab, setTab] = createSignal<'chats' | 'contacts'>('chats');
  const [on, setOn] = createSignal(true);
  const [search, setSearch] = createSignal('');
  const [theme, setTheme] = createSignal<'light' | 'dark'>('light');
  return (
    <Section title="Controls">
      <div style={{ display: 'flex', 'flex-wrap': 'wrap', gap: '8px', 'align-items': 'center' }}>
        <Button look="primary" icon="send">
          Primary
        </Button>
        <Button>Quiet</Button>
        <Button look="plain">Plain</Button>
        <Button look="danger">Danger</Button>
        <Button look="primary" disabled>
          Disabled
        </Button>
        <IconButton icon="send" label="Send" look="primary" />
        <IconButton icon="pin" label="Pinned" pressed />
        <IconButton icon="search" label="Search" shortcut="Ctrl+F" />
        <Badge count={7} label="7 unread messages" />
        <Badge count={1234} label="1234 unread messages" look="quiet" />
        <Chip icon="house">Lindenstraße 12</Chip>
      </div>
      <SearchField
        label="Search people and chats"
        clearLabel="Clear"
        shortcut="Ctrl+K"
        value={search()}
        onInput={setSearch}
      />
      <Tabs
        label="Lists"
        value={tab()}
        options={[
          { value: 'chats', label: 'Chats', count: 12, countLabel: '12 unread messages' },
          { value: 'contacts', label: 'All contacts' },
        ]}
        onChoose={setTab}
      />
      <Switch label="Read receipts" hint="Others see what you have read." checked={on()} onChange={setOn} />
      <Choice
        label="Appearance"
        value={theme()}
        options={[
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
        ]}
        onChoose={setTheme}
      />
      <Field label="City" name="city" hint="Others see it." value="Hamburg" onInput={() => undefined} />
      <Field label="E-mail" name="email" error="That is no address." value="anna@" onInput={() => undefined} />
      <Notice kind="warning" icon="offline" dismissLabel="Dismiss" actions={<Button>Reload</Button>}>
        A new version is here.
      </Notice>
      <EmptyState
        icon="chat"
        title="No chats yet"
        text="Choose somebody under “All contacts”."
        action={<Button>To the contacts</Button>}
      />
    </Section>
  );
}

function Rows(): JSX.Element {
  return (
    <Section title="Rows">
      <div style={{ display: 'flex', gap: '8px', 'flex-wrap': 'wrap' }}>
        <For each={Array.from({ length: HUES }, (_, at) => at + 1)}>
          {(hue) => (
            <Avatar initials="AB" hue={hue} status={(['active', 'idle', 'offline', 'unconfirmed'] as const)[hue % 4]} />
          )}
        </For>
        <Avatar initials="AB" size="small" hue={2} />
        <Avatar initials="AB" size="large" hue={6} picture="data:image/png;base64,broken" />
      </div>
      <ul>
        <li>
          <ListRow
            href="#1"
            chosen
            lead={<Avatar initials="" icon="house" />}
            title="Internal"
            detail="Anna: Is the key there?"
            time="09:12"
            count={3}
            countLabel="3 unread messages"
          />
        </li>
        <li>
          <ListRow
            href="#2"
            chosen={false}
            lead={<Avatar initials="MH" hue={5} />}
            title="Maximiliane-Charlotte von Hohenstein-Wittgenbach"
            note="Berger Immobilien"
            detail="Er hat ihn bis sechs, danach ist niemand mehr da, und morgen ist Feiertag."
            time="Yesterday"
            signs={
              <>
                <RowSign icon="pin" label="pinned" />
                <RowSign icon="mute" label="muted" />
              </>
            }
            count={42}
            countLabel="42 unread messages"
            countQuiet
          />
        </li>
        <For each={Object.values(HOSTILE_TEXTS)}>
          {(text) => (
            <li>
              <ListRow
                href="#3"
                chosen={false}
                lead={<Avatar initials={text.slice(0, 2)} hue={1} />}
                title={text.slice(0, 200)}
                note={text.slice(0, 60)}
                detail={text.slice(0, 200)}
                time="09:12"
                count={1}
                countLabel="1"
              />
            </li>
          )}
        </For>
      </ul>
    </Section>
  );
}

function Foot(props: { readonly own?: boolean }): JSX.Element {
  return (
    <>
      <time>09:12</time>
      {props.own === true && <Icon name="delivered" />}
    </>
  );
}

function Bubbles(): JSX.Element {
  return (
    <Section title="Bubbles">
      <div style={{ display: 'grid', gap: '2px', 'grid-template-columns': 'minmax(0, 1fr)' }}>
        <Bubble own={false} name="Anna Berger" hue={5} starts ends={false}>
          Is the key for Lindenstraße 12 still with the caretaker?
        </Bubble>
        <Bubble own={false} starts={false} ends={false}>
          I would like to pick it up at five.
        </Bubble>
        <Bubble own={false} starts={false} ends foot={<Foot />}>
          The plan: <a href="#plan">https://example.org/plan.pdf</a>
        </Bubble>
        <Bubble own starts ends={false}>
          Until six.
        </Bubble>
        <Bubble own starts={false} ends foot={<Foot own />}>
          He has it until six, and after that it lies in the letter box of number 14, as always when he leaves early on
          a Friday.
        </Bubble>
        <Bubble own pending foot={<Foot />}>
          On its way to the disk.
        </Bubble>
        <Bubble own failed foot={<Foot />}>
          Refused.
        </Bubble>
      </div>
    </Section>
  );
}

function Hostile(): JSX.Element {
  return (
    <Section title="Hostile texts">
      <div style={{ display: 'grid', gap: '8px', 'grid-template-columns': 'minmax(0, 1fr)' }}>
        <For each={Object.entries(HOSTILE_TEXTS)}>
          {([kind, text]) => (
            <div data-hostile={kind}>
              <Bubble own={false} name={text.slice(0, 200)} hue={3} foot={<Foot />}>
                {text}
              </Bubble>
            </div>
          )}
        </For>
      </div>
    </Section>
  );
}
