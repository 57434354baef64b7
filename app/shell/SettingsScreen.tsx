import type { JSX } from 'solid-js';
import { PeopleSection } from '../features/administration/PeopleSection.tsx';
import { Settings } from '../features/settings/Settings.tsx';
import { NotFound } from './NotFound.tsx';

/** `/settings/…`: of oneself, of this device, and of the company for its administrators. */
export function SettingsScreen(): JSX.Element {
  return <Settings people={PeopleSection} unknown={NotFound} />;
}
