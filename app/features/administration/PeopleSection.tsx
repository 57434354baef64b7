import { createMemo, For, Show, type JSX } from 'solid-js';
import type { Person } from '../../../crdt/model/company/company-facts.ts';
import { locale, texts } from '../../i18n/language.ts';
import { useHouse } from '../../reactive/house.ts';
import { personName } from '../../shell/names.ts';
import { PersonAvatar } from '../../shell/PersonAvatar.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { Section } from '../../ui/Screen.tsx';
import { Invite } from './Invite.tsx';
import './people-section.css';

/** Who belongs to the company, and inviting others (P12, P13). For administrators. */
export function PeopleSection(): JSX.Element {
  const house = useHouse();
  const people = createMemo(() => {
    const collator = new Intl.Collator(locale());
    const compare = (one: Person, other: Person): number =>
      collator.compare(one.last, other.last) || collator.compare(one.first, other.first);
    return [...house.people()].toSorted(([, one], [, other]) => compare(one, other));
  });
  return (
    <>
      <Section title={texts().administration.invite}>
        <Invite />
      </Section>
      <Section title={texts().administration.peopleOf(house.companyName(), people().length)}>
        <ul class="people">
          <For each={people()}>
            {([account, person]) => (
              <li class="person">
                <PersonAvatar account={account} />
                <div class="person-words">
                  <p class="person-name" dir="auto">
                    {personName(person)}
                  </p>
                  <Show when={person.city}>
                    {(city) => (
                      <p class="person-city" dir="auto">
                        {city()}
                      </p>
                    )}
                  </Show>
                </div>
                <div class="person-chips">
                  <Show when={account === house.account}>
                    <Chip>{texts().administration.self}</Chip>
                  </Show>
                  <Show when={person.admin && person.active}>
                    <Chip>{texts().administration.administrator}</Chip>
                  </Show>
                  <Show when={!person.active}>
                    <Chip>{texts().lists.inactive}</Chip>
                  </Show>
                </div>
              </li>
            )}
          </For>
        </ul>
      </Section>
    </>
  );
}
