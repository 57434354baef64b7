import type { Locator } from 'playwright';

/** What a screen reader is told of a part of the page, with every time of day as one and the same. */
export const heard = async (part: Locator): Promise<string> =>
  (await part.ariaSnapshot()).replaceAll(/\b\d{1,2}:\d{2}\b/g, 'hh:mm');
