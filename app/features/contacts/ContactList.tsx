import { useLocation } from '@solidjs/router';
import { createMemo, For, Show, type JSX } from 'solid-js';
import type { Account } from '../../../crdt/model/log/writer.ts';
import { privateChatId } from '../../../crdt/model/protocol/document-name.ts';
import { locale, texts } from '../../i18n/language.ts';
import { useHouse } from '../../reactive/house.ts';
import { initialsOf, nameOf } from '../../shell/names.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { ListRow } from '../../ui/ListRow.tsx';
import { contactGroups } from './contact-groups.ts';
import './contact-list.css';

/** Colleagues by last name under their letters; a click opens the chat. */
export function ContactList(): JSX.Element {
  const house = useHouse();
  const groups = createMemo(() => contactGroups(house.people(), house.account, locale()));
  return (
    <Show
      when={groups().length > 0}
      fallback={
        <Show when={house.companyName() !== ''}>
          <p class="frame-hint">{texts().lists.noContacts}</p>
        </Show>
      }
    >
      <For each={groups()}>
        {(group) => (
          <section aria-label={group.letter}>
            <h2 class="contact-letter" aria-hidden="true">
              {group.letter}
            </h2>
            <ul>
              <For each={group.accounts}>{(account) => <ContactRow account={account} />}</For>
            </ul>
          </section>
        )}
      </For>
    </Show>
  );
}

function ContactRow(props: { readonly account: Account }): JSX.Element {
  const house = useHouse();
  const location = useLocation();
  const chat = (): ReturnType<typeof privateChatId> => privateChatId(house.account, props.account);
  const unread = (): number => house.unread().get(chat()) ?? 0;
  return (
    <li>
      <ListRow
        href={`/chats/${chat()}?list=contacts`}
        chosen={location.pathname === `/chats/${chat()}`}
        lead={<Avatar initials={initialsOf(house.people().get(props.account))} />}
        title={nameOf(house.people(), props.account)}
        detail={house.people().get(props.account)?.city}
        count={unread()}
        countLabel={texts().lists.unread(unread())}
      />
    </li>
  );
}
