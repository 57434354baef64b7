/** Tells with a failure what the pages showed then: by the time that anybody reads of it, they are gone. */
import type { Page } from 'playwright';
import { beforeEach } from 'vitest';
import { openPages } from './office.ts';

const MOST_CHARACTERS = 600;
/** A page that does nothing any more says nothing either. */
const PATIENCE_MS = 3_000;

async function shownBy(page: Page): Promise<string> {
  const asked = page.evaluate(async () => {
    const registration = await navigator.serviceWorker?.getRegistration();
    const workers = [registration?.active, registration?.waiting, registration?.installing];
    return {
      openS: Math.round(performance.now() / 1000),
      workers: workers.map((worker) => worker?.state ?? 'none').join(', '),
      text: document.body.innerText,
    };
  });
  const silence = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE_MS));
  const told = await Promise.race([asked.catch(() => undefined), silence]);
  if (told === undefined) return `${page.url()}: no answer`;
  const text = told.text.replaceAll(/\s+/g, ' ').slice(0, MOST_CHARACTERS);
  return `${page.url()} (open for ${told.openS} s; service workers: ${told.workers}): ${text}`;
}

beforeEach(({ onTestFailed, task }) => {
  onTestFailed(async () => {
    const error = task.result?.errors?.at(-1);
    if (error === undefined) return;
    const shown = await Promise.all(openPages().map(shownBy));
    error.stack = [error.stack ?? error.message, 'The pages then:', ...shown].join('\n');
  });
});
