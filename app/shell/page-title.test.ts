import { expect, test } from 'vitest';
import { pageTitle } from './page-title.ts';

test('[C12 A4] the title begins with what is unread, then names the screen, then the product', () => {
  expect(pageTitle('Hausfunk', 'Jonas Weber', 3)).toBe('(3) Jonas Weber · Hausfunk');
  expect(pageTitle('Hausfunk', 'Jonas Weber', 0)).toBe('Jonas Weber · Hausfunk');
  expect(pageTitle('Hausfunk', undefined, 1_200)).toBe('(999+) Hausfunk');
});
