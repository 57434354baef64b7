/** An hour of use in quick motion: what a person does in a minute takes a second or two, and the heap is looked at after 5 and 60. */
import type { CDPSession, Page } from 'playwright';
import type { Random } from '../../support/random.ts';

const MINUTES = 60;
const FIRST_LOOK = 5;
/** Messages of others a minute: a lively office. */
const INCOMING = 20;

export interface Hour {
  readonly fiveMinutesBytes: number;
  readonly fiveMinutesNodes: number;
  readonly fiveMinutesListeners: number;
  readonly hourBytes: number;
  readonly hourNodes: number;
  readonly hourListeners: number;
}

interface Look {
  readonly bytes: number;
  readonly nodes: number;
  readonly listeners: number;
}

export async function useForAnHour(page: Page, devtools: CDPSession, write: () => void, random: Random): Promise<Hour> {
  let first: Look | undefined;
  for (let minute = 1; minute <= MINUTES; minute += 1) {
    await useForAMinute(page, write, random);
    if (minute === FIRST_LOOK) first = await look(page, devtools);
  }
  const last = await look(page, devtools);
  if (first === undefined) throw new RangeError('nobody looked');
  return {
    fiveMinutesBytes: first.bytes,
    fiveMinutesNodes: first.nodes,
    fiveMinutesListeners: first.listeners,
    hourBytes: last.bytes,
    hourNodes: last.nodes,
    hourListeners: last.listeners,
  };
}

async function useForAMinute(page: Page, write: () => void, random: Random): Promise<void> {
  const chats = page.getByRole('navigation').getByRole('listitem').getByRole('link');
  const visits = 3;
  for (let visit = 0; visit < visits; visit += 1) {
    await chats.nth(random.integer(0, (await chats.count()) - 1)).click();
    await page.locator('li[data-message]').first().waitFor();
    for (let sent = 0; sent < INCOMING / visits; sent += 1) write();
    await scroll(page, -600);
    if (random.chance(0.5)) {
      const composer = page.getByRole('textbox', { name: 'Nachricht' });
      await composer.fill(`Notiz ${random.uint32()}`);
      await composer.press('Enter');
    }
    await scroll(page, 900);
  }
}

async function scroll(page: Page, px: number): Promise<void> {
  const box = await page.locator('.timeline-scroll').boundingBox();
  if (box === null) return;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  for (let notch = 0; notch < 6; notch += 1) {
    await page.mouse.wheel(0, px / 2);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
}

/** In the same place each time, with everything swept away that nobody holds. */
async function look(page: Page, devtools: CDPSession): Promise<Look> {
  await page.getByRole('navigation').getByText('Intern', { exact: true }).first().click();
  await page.locator('li[data-message]').first().waitFor();
  await page.waitForTimeout(2_000);
  for (let round = 0; round < 3; round += 1) await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
  return { bytes: usedSize, nodes, listeners: jsEventListeners };
}
