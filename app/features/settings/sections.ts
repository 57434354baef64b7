/** The sections of the settings, in their order; the names are their addresses. */
import { texts } from '../../i18n/language.ts';
import type { IconName } from '../../ui/Icon.tsx';

const SECTIONS = ['profile', 'messenger', 'devices', 'appearance', 'people', 'device'] as const;
export type SectionName = (typeof SECTIONS)[number];

export const SECTION_ICONS: Readonly<Record<SectionName, IconName>> = {
  profile: 'person',
  messenger: 'chat',
  devices: 'device',
  appearance: 'sun-moon',
  people: 'people',
  device: 'phone',
};

/** The company's people are for its administrators. */
export const shownSections = (admin: boolean): readonly SectionName[] =>
  SECTIONS.filter((section) => admin || section !== 'people');

export function sectionTitle(section: SectionName): string {
  switch (section) {
    case 'profile':
      return texts().settings.profile;
    case 'messenger':
      return texts().settings.messenger;
    case 'devices':
      return texts().devices.title;
    case 'appearance':
      return texts().settings.appearance;
    case 'people':
      return texts().settings.people;
    case 'device':
      return texts().settings.thisDevice;
  }
}

export function sectionDetail(section: Exclude<SectionName, 'profile'>): string {
  switch (section) {
    case 'messenger':
      return texts().settings.messengerDetail;
    case 'devices':
      return texts().devices.detail;
    case 'appearance':
      return texts().settings.appearanceDetail;
    case 'people':
      return texts().settings.peopleDetail;
    case 'device':
      return texts().settings.thisDeviceDetail;
  }
}
