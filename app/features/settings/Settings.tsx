import { useLocation, useNavigate, useParams } from '@solidjs/router';
import { createEffect, createMemo, For, Match, on, Show, Switch, type Component, type JSX } from 'solid-js';
import { texts } from '../../i18n/language.ts';
import { useHouse } from '../../reactive/house.ts';
import { useOffline } from '../../shell/offline-context.ts';
import { personName } from '../../shell/names.ts';
import { isNarrow } from '../../shell/narrow.ts';
import { PersonAvatar } from '../../shell/PersonAvatar.tsx';
import { Avatar } from '../../ui/Avatar.tsx';
import { ListRow } from '../../ui/ListRow.tsx';
import { Screen, Sheet } from '../../ui/Screen.tsx';
import { AppearanceSection } from './AppearanceSection.tsx';
import { DevicesSection } from './DevicesSection.tsx';
import { MessengerSection } from './MessengerSection.tsx';
import { ProfileSection } from './ProfileSection.tsx';
import { shownSections, SECTION_ICONS, sectionTitle, sectionDetail, type SectionName } from './sections.ts';
import { ThisDeviceSection } from './ThisDeviceSection.tsx';
import './settings.css';

interface SettingsProps {
  /** Of the company's administration; the shell brings it. */
  readonly people: Component;
  /** For an address that is no section, or not for this person. */
  readonly unknown: Component;
}

/**
 * `/settings` and `/settings/<section>`: the sections, and one of them. Side by side on wide windows, where the first one stands open
 * from the start; one after the other on narrow ones.
 */
export function Settings(props: SettingsProps): JSX.Element {
  const house = useHouse();
  const location = useLocation();
  const navigate = useNavigate();
  const params = useParams<{ section?: string }>();
  const { line } = useOffline();
  const sections = createMemo(() => shownSections(house.people().get(house.account)?.admin === true));
  const chosen = createMemo(() => sections().find((section) => section === params.section));
  /** Beside the overview, something always stands open. */
  const shown = (): SectionName | 'first' => chosen() ?? 'first';
  const wordsOf = (section: SectionName): string =>
    section === 'profile' ? personName(house.people().get(house.account)) : sectionDetail(section);
  const addressOf = (section: SectionName): string => `/settings/${section}${location.search}`;
  const rows = new Map<SectionName, HTMLElement>();

  // Back on a narrow screen: to the row that led away.
  createEffect(
    on(chosen, (section, before) => {
      if (section === undefined && before !== undefined) rows.get(before)?.querySelector('a')?.focus();
    }),
  );
  return (
    <Show when={params.section === undefined || chosen() !== undefined} fallback={<props.unknown />}>
      <div class="settings" data-at={chosen() === undefined ? 'overview' : 'section'}>
        <div class="settings-overview">
          <Screen
            title={texts().settings.title}
            notice={line()}
            back={{ href: `/${location.search}`, label: texts().conversation.back }}
          >
            <nav class="settings-sections" aria-label={texts().settings.sections}>
              <ul>
                <For each={sections()}>
                  {(section) => (
                    <li ref={(row) => rows.set(section, row)}>
                      <ListRow
                        href={addressOf(section)}
                        chosen={(chosen() ?? (isNarrow() ? undefined : 'profile')) === section}
                        lead={
                          section === 'profile' ? (
                            <PersonAvatar account={house.account} />
                          ) : (
                            <Avatar initials="" icon={SECTION_ICONS[section]} />
                          )
                        }
                        title={sectionTitle(section)}
                        detail={wordsOf(section)}
                      />
                    </li>
                  )}
                </For>
              </ul>
            </nav>
          </Screen>
        </div>
        <div class="settings-section">
          <Show when={shown()} keyed>
            {(section) => (
              <Screen
                title={sectionTitle(section === 'first' ? 'profile' : section)}
                notice={line()}
                back={{ href: `/settings${location.search}`, label: texts().settings.title }}
              >
                <Sheet>
                  <Switch>
                    <Match when={section === 'first' || section === 'profile'}>
                      <ProfileSection />
                    </Match>
                    <Match when={section === 'messenger'}>
                      <MessengerSection />
                    </Match>
                    <Match when={section === 'devices'}>
                      <DevicesSection onSignOutHere={() => navigate(addressOf('device'))} />
                    </Match>
                    <Match when={section === 'appearance'}>
                      <AppearanceSection />
                    </Match>
                    <Match when={section === 'people'}>
                      <props.people />
                    </Match>
                    <Match when={section === 'device'}>
                      <ThisDeviceSection />
                    </Match>
                  </Switch>
                </Sheet>
              </Screen>
            )}
          </Show>
        </div>
      </div>
    </Show>
  );
}
