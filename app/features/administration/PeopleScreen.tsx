import { useLocation } from '@solidjs/router';
import { createMemo, For, Show, type JSX } from 'solid-js';
import { locale, texts } from '../../i18n/language.ts';
import { useHouse } from '../../reactive/house.ts';
import { initialsOf, personName } from '../../shell/names.ts';
import { useOffline } from '../../shell/offline-context.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Screen, Section, Sheet } from '../../ui/Screen.tsx';
import { Invite } from './Invite.tsx';
import './people-screen.css';

/** `/settings/people`: who belongs to the company, and inviting others. For administrators. */
export function PeopleScreen(): JSX.Element {
  const house = useHouse();
  const location = useLocation();
  const { line } = useOffline();
  const people = createMemo(() => {
    const collator = new Intl.Collator(locale());
    return [...house.people().values()].toSorted(
      (one, other) => collator.compare(one.last, other.last) || collator.compare(one.first, other.first),
    );
  });
  return (
    <Screen
      title={texts().administration.title}
      detail={house.companyName()}
      notice={line()}
      back={{ href: `/settings${location.search}`, label: texts().settings.title }}
    >
      <Sheet>
        <Show
          when={house.people().get(house.account)?.admin}
          fallback={<p class="frame-hint">{texts().administration.notAllowed}</p>}
        >
          <Section title={texts().administration.invite}>
            <Invite />
          </Section>
          <Section title={texts().administration.people}>
            <ul>
              <For each={people()}>
                {(person) => (
                  <li class="person">
                    <Avatar initials={initialsOf(person)} />
                    <span dir="auto">{personName(person)}</span>
                    <span class="person-more">
                      {person.active
                        ? person.admin
                          ? texts().administration.administrator
                          : person.city
                        : texts().lists.inactive}
                    </span>
                  </li>
                )}
              </For>
            </ul>
          </Section>
        </Show>
      </Sheet>
    </Screen>
  );
}
