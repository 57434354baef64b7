import { useLocation } from '@solidjs/router';
import { createMemo, createSignal, Show, type JSX } from 'solid-js';
import type { Account } from '../../../crdt/model/log/writer.ts';
import { isChatId, privateChatId } from '../../../crdt/model/protocol/document-name.ts';
import { texts } from '../../i18n/language.ts';
import { useHouse } from '../../reactive/house.ts';
import { listSearch } from '../../shell/message-address.ts';
import { PersonAvatar } from '../../shell/PersonAvatar.tsx';
import { nameOf, otherPerson } from '../../shell/names.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ListRow } from '../../ui/ListRow.tsx';
import { RowList, type RowListHandle } from '../../ui/RowList.tsx';
import { letterAt, letterOf, type ContactOrder } from './contact-order.ts';
import { LetterIndex } from './LetterIndex.tsx';
import './contact-list.css';

const ROW_PX = 66;
/** With fewer, all of them are in view anyway. */
const LETTERS_WORTH_AN_INDEX = 5;

/** Colleagues by last name under their letters; a click opens the chat. `contacts` is undefined until they are in order. */
export function ContactList(props: { readonly contacts: ContactOrder | undefined }): JSX.Element {
  const house = useHouse();
  return (
    <Show when={props.contacts}>
      {(contacts) => (
        <Show
          when={contacts().accounts.length > 0}
          fallback={
            <Show when={house.companyName() !== ''}>
              <NoContacts />
            </Show>
          }
        >
          <Contacts contacts={contacts()} />
        </Show>
      )}
    </Show>
  );
}

/** Nobody but oneself: who may, asks the others in. */
function NoContacts(): JSX.Element {
  const house = useHouse();
  const location = useLocation();
  const mayInvite = (): boolean => house.people().get(house.account)?.admin === true;
  return (
    <EmptyState
      icon="people"
      title={texts().lists.noContacts}
      text={mayInvite() ? texts().lists.noContactsText : undefined}
      action={
        mayInvite() ? (
          <ButtonLink href={`/settings/people${listSearch(location.search)}`}>{texts().lists.invite}</ButtonLink>
        ) : undefined
      }
    />
  );
}

function Contacts(props: { readonly contacts: ContactOrder }): JSX.Element {
  const house = useHouse();
  const location = useLocation();
  let rows: RowListHandle | undefined;
  const [top, setTop] = createSignal(0);
  const now = createMemo(() => letterAt(props.contacts, top()));
  const begins = createMemo(() => new Map(props.contacts.letters.map(({ first, letter }) => [first, letter])));
  // From the address to the person: the other way round is ten thousand addresses.
  const chosen = createMemo(() => {
    const chat = /^\/chats\/([^/]+)$/.exec(location.pathname)?.[1];
    return chat !== undefined && isChatId(chat) ? otherPerson(chat, house.account) : undefined;
  });
  return (
    <div class="contact-list">
      <RowList
        ref={(handle) => {
          rows = handle;
        }}
        label={texts().lists.contacts}
        ids={props.contacts.accounts}
        chosen={chosen()}
        rowHeightPx={ROW_PX}
        onTop={setTop}
        onKeyDown={(event) => {
          if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
          const typed = letterOf(event.key);
          const found = props.contacts.letters.find(({ letter }) => letter === typed);
          if (typed !== '#' && found !== undefined) rows?.show(found.first, true);
        }}
      >
        {(account, place) => (
          <div class="contact-place">
            <span class="contact-letter" aria-hidden="true">
              {begins().get(place.index())}
            </span>
            <ContactRow account={account} chosen={chosen() === account} tabindex={place.tabindex()} />
          </div>
        )}
      </RowList>
      <span class="contact-letter contact-letter-now" aria-hidden="true">
        {now()}
      </span>
      <Show when={props.contacts.letters.length >= LETTERS_WORTH_AN_INDEX}>
        <LetterIndex
          letters={props.contacts.letters}
          now={now()}
          onChoose={({ first }, byKey) => rows?.show(first, byKey)}
        />
      </Show>
    </div>
  );
}

interface ContactRowProps {
  readonly account: Account;
  readonly chosen: boolean;
  readonly tabindex: 0 | -1;
}

function ContactRow(props: ContactRowProps): JSX.Element {
  const house = useHouse();
  const chat = createMemo(() => privateChatId(house.account, props.account));
  const unread = createMemo(() => house.unread().get(chat()) ?? 0);
  return (
    <ListRow
      href={`/chats/${chat()}?list=contacts`}
      chosen={props.chosen}
      tabindex={props.tabindex}
      lead={<PersonAvatar account={props.account} />}
      title={nameOf(house.people(), props.account)}
      detail={<bdi>{house.people().get(props.account)?.city}</bdi>}
      count={unread()}
      countLabel={texts().lists.unread(unread())}
      countQuiet={house.muted().has(chat())}
    />
  );
}
