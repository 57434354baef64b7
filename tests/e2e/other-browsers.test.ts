/** Smoke tests in the browsers that Chromium is not, where the machine can have them. */
import { afterAll, beforeAll, describe, onTestFinished, test } from 'vitest';
import { internalChatId } from '../../crdt/model/protocol/document-name.ts';
import type { SignedInPerson } from '../support/installation.ts';
import { openFirefox, openWebKit, type OtherBrowser } from '../support/other-browsers.ts';
import { openOffice, type Office } from './office.ts';

let office: Office;
let anna: SignedInPerson;

beforeAll(async () => {
  office = await openOffice();
  anna = await office.setUp({ first: 'Anna', last: 'Berger' });
});

afterAll(() => office.close());

const inPage = (text: string): string => `document.body.innerText.includes(${JSON.stringify(text)})`;
/** True when the row of the message says this of itself. */
const messageSays = (text: string, state: string): string =>
  `[...document.querySelectorAll('[data-message]')].some((row) => row.textContent.includes(${JSON.stringify(text)}) && row.textContent.includes(${JSON.stringify(state)}))`;

/** The page itself may have been there before its worker. */
const WORKER_IS_READY =
  '(window.workerIsAsked ??= navigator.serviceWorker.ready.then(() => { window.workerIsReady = true; }), window.workerIsReady === true)';

const BROWSERS: readonly [string, () => Promise<OtherBrowser | undefined>][] = [
  ['Firefox', openFirefox],
  ['WebKitGTK', openWebKit],
];

describe.each(BROWSERS)('%s', (name, open) => {
  test('[A1 M4] signs in, sends, starts cold without network, and sends what was written then', async (context) => {
    const browser = await open();
    if (browser === undefined) return context.skip(`${name} is not on this machine`);
    onTestFinished(() => browser.close());
    const chat = `${office.url}/chats/${internalChatId(anna.company)}`;
    const [first, second] = [`from ${name}`, `offline in ${name}`];

    await browser.goto(office.url);
    await browser.type('input[type=email]', anna.email);
    await browser.type('input[type=password]', anna.password);
    await browser.pressEnter('input[type=password]');
    await browser.until(inPage('Internal'));
    await browser.goto(chat);
    await browser.type('textarea', first);
    await browser.pressEnter('textarea');
    await browser.until(messageSays(first, 'sent'));
    await browser.until(WORKER_IS_READY);

    await office.kill();
    await browser.restart();
    await browser.goto(chat);
    await browser.until(messageSays(first, 'sent'));
    await browser.type('textarea', second);
    await browser.pressEnter('textarea');
    await browser.until(messageSays(second, 'waiting'));

    await office.start();
    await browser.until(messageSays(second, 'sent'));
  });
});
