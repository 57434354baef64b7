import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Locator, Page } from 'playwright';
import type { SignedInPerson } from '../support/installation.ts';
import { bombPng, halvesPng, withExif } from '../support/pictures.ts';
import { openOffice, type Desk, type Office } from './office.ts';
import { chatRow, listTab, untilFocused, untilInstalled } from './screen.ts';
import { choosePicture, openSettings } from './settings-screen.ts';

let office: Office;
let anna: SignedInPerson;
let jonas: SignedInPerson;
let desk: Desk;

beforeAll(async () => {
  office = await openOffice();
  anna = await office.setUp({ first: 'Anna', last: 'Berger' });
  jonas = await office.addPerson(anna, { first: 'Jonas', last: 'Weber' });
  desk = await office.desk(anna);
  await desk.page.goto(desk.url);
  await chatRow(desk.page, 'Intern').waitFor();
  await untilInstalled(desk.page);
});

afterAll(() => office.close());

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
const toggle = (page: Page, name: string): Locator => page.getByRole('switch', { name });
const alertOf = async (page: Page): Promise<string> => {
  await page.getByRole('alert').waitFor();
  return page.getByRole('alert').innerText();
};

/** Another device of a person, in the settings. */
async function secondDevice(person: SignedInPerson, section: string): Promise<Desk> {
  const other = await office.desk(person);
  await other.page.goto(`${other.url}/settings/${section}`);
  await other.page.getByRole('navigation', { name: 'Bereiche der Einstellungen' }).waitFor();
  return other;
}

test('[P1] what one says of oneself is saved, and colleagues and other devices see it at once', async () => {
  const { page } = desk;
  const phone = await secondDevice(anna, 'profile');
  const colleague = await office.desk(jonas);
  await colleague.page.goto(`${colleague.url}/?list=contacts`);
  await openSettings(page, 'Mein Profil');
  await page.getByLabel('Nachname').fill('Berger-Nowak');
  await page.getByLabel('Ort').fill('Köln');
  await page.getByLabel('Besprechungslink').fill('meet.example/anna');
  await page.getByText('Die Adresse muss mit https:// beginnen.').waitFor();
  await page.getByLabel('Besprechungslink').fill('https://meet.example/anna');
  await button(page, 'Speichern').click();
  await page.getByRole('status').filter({ hasText: 'Gespeichert.' }).waitFor();

  await chatRow(colleague.page, 'Anna Berger-Nowak').waitFor();
  await expect.poll(() => phone.page.getByLabel('Nachname').inputValue()).toBe('Berger-Nowak');
  expect(await phone.page.getByLabel('Ort').inputValue()).toBe('Köln');
  expect(await phone.page.getByLabel('Besprechungslink').inputValue()).toBe('https://meet.example/anna');
  await phone.close();
  await colleague.close();
});

test('[P1 A5] what is typed and not saved outlives a reload, and is kept when there is no network', async () => {
  const { page } = desk;
  await page.getByLabel('Ort').fill('Köln-Ehrenfeld');
  await page.reload();
  await expect.poll(() => page.getByLabel('Ort').inputValue()).toBe('Köln-Ehrenfeld');
  await desk.goOffline();
  await button(page, 'Speichern').click();
  expect(await alertOf(page)).toContain('Dafür wird das Netz gebraucht');
  expect(await page.getByLabel('Ort').inputValue()).toBe('Köln-Ehrenfeld');
  await desk.goOnline();
  await button(page, 'Speichern').click();
  await page.getByRole('status').filter({ hasText: 'Gespeichert.' }).waitFor();
  await page.getByLabel('Ort').fill('Bonn');
  await button(page, 'Verwerfen').click();
  // What was saved comes back from the server in its own time.
  await expect.poll(() => page.getByLabel('Ort').inputValue()).toBe('Köln-Ehrenfeld');
});

test('[C10 M5] mute all and read receipts work without network and follow to the other device', async () => {
  const { page } = desk;
  const phone = await secondDevice(anna, 'messenger');
  await page.goto(`${desk.url}/settings/messenger`);
  expect(await toggle(page, 'Alle Chats stummschalten').isChecked()).toBe(false);
  expect(await toggle(page, 'Lesebestätigungen').isChecked()).toBe(true);
  await desk.goOffline();
  await toggle(page, 'Alle Chats stummschalten').click();
  await toggle(page, 'Lesebestätigungen').click();
  await expect.poll(() => toggle(page, 'Alle Chats stummschalten').isChecked()).toBe(true);
  await expect.poll(() => toggle(page, 'Lesebestätigungen').isChecked()).toBe(false);
  await page.reload();
  await expect.poll(() => toggle(page, 'Alle Chats stummschalten').isChecked()).toBe(true);
  expect(await toggle(phone.page, 'Alle Chats stummschalten').isChecked()).toBe(false);

  await desk.goOnline();
  await expect.poll(() => toggle(phone.page, 'Alle Chats stummschalten').isChecked()).toBe(true);
  await expect.poll(() => toggle(phone.page, 'Lesebestätigungen').isChecked()).toBe(false);
  await toggle(phone.page, 'Lesebestätigungen').click();
  await expect.poll(() => toggle(page, 'Lesebestätigungen').isChecked()).toBe(true);
  await phone.close();
});

test('[A3] a change of language changes every section at once, and stays', async () => {
  const { page } = desk;
  await page.goto(`${desk.url}/settings/appearance`);
  await page.getByRole('radio', { name: 'English' }).click();
  await page.getByRole('heading', { level: 1, name: 'Appearance and language' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  const section = (name: string): Locator =>
    page
      .getByRole('navigation', { name: 'Sections of the settings' })
      .getByRole('link', { name: new RegExp(`^${name}`) });
  for (const [link, heading] of [
    ['My profile', 'Details'],
    ['Messenger', 'On all your devices'],
    ['Devices', 'Your devices'],
    ['People and invitations', 'Invite'],
    ['This device', 'Storage'],
  ] as const) {
    await section(link).click();
    await page.getByRole('heading', { level: 2, name: heading }).waitFor();
  }
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'This device' }).waitFor();
  await section('Appearance').click();
  await page.getByRole('radio', { name: 'Deutsch' }).click();
  await page.getByRole('heading', { level: 1, name: 'Aussehen und Sprache' }).waitFor();
});

test('[A2] on a phone the sections come one after the other, back goes the same way, and each opens without network', async () => {
  const phone = await office.desk(jonas, { viewport: { width: 390, height: 844 } });
  const { page } = phone;
  await page.goto(phone.url);
  await page.getByRole('button', { name: /^Menü/ }).click();
  await page.getByRole('menuitem', { name: 'Einstellungen' }).click();
  await page.getByRole('heading', { level: 1, name: 'Einstellungen' }).waitFor();
  const row = page.getByRole('link', { name: /^Geräte/ });
  await row.click();
  await page.getByRole('heading', { level: 1, name: 'Geräte' }).waitFor();
  expect(await row.isVisible()).toBe(false);
  await page.goBack();
  await untilFocused(row);
  // Only administrators see the company's people.
  expect(await page.getByRole('link', { name: 'Personen und Einladungen' }).count()).toBe(0);

  await untilInstalled(page);
  await page.reload();
  await phone.goOffline();
  for (const [address, title] of [
    ['messenger', 'Messenger'],
    ['devices', 'Geräte'],
    ['device', 'Dieses Gerät'],
  ] as const) {
    await page.goto(`${phone.url}/settings/${address}`);
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
  }
  await page.goto(`${phone.url}/settings/people`);
  await page.getByRole('heading', { level: 1, name: 'Diese Seite gibt es nicht' }).waitFor();
  await phone.close();
});

/** Average colour of the picture that a person is shown with: [left half, right half]. */
const halvesOf = (picture: Locator): Promise<number[][]> =>
  picture.evaluate(async (element) => {
    if (!(element instanceof HTMLImageElement)) throw new Error('not a picture');
    await element.decode();
    const canvas = document.createElement('canvas');
    canvas.width = 2;
    canvas.height = 1;
    const context = canvas.getContext('2d');
    context?.drawImage(element, 0, 0, 2, 1);
    const { data } = context?.getImageData(0, 0, 2, 1) ?? { data: [] };
    return [Array.from(data.slice(0, 3)), Array.from(data.slice(4, 7))];
  });

/** In the page: keeps the bytes of the picture that goes out, one character each; the protocol of the browser does not tell them. */
function recordPictures(): void {
  const send = globalThis.fetch.bind(globalThis);
  globalThis.fetch = async (input, init) => {
    if (init?.body instanceof Blob) {
      const bytes = new Uint8Array(await init.body.arrayBuffer());
      Object.assign(globalThis, { sent: Array.from(bytes, (byte) => String.fromCharCode(byte)).join('') });
    }
    return send(input, init);
  };
}

/** In the page: the worker is installed when the test lets it, however fast the machine is. */
function holdWorker(): void {
  const { serviceWorker } = navigator;
  const register = serviceWorker.register.bind(serviceWorker);
  const allowed = new Promise((resolve) => addEventListener('let-worker', resolve, { once: true }));
  serviceWorker.register = async (...worker) => {
    await allowed;
    return register(...worker);
  };
}

test('[P1] a picture is cropped by keyboard on the device, sent small and without what the camera said, and seen by everybody', async () => {
  const { page } = desk;
  await page.addInitScript(recordPictures);
  await page.goto(`${desk.url}/settings/profile`);
  const photo = await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    canvas.width = 2_400;
    canvas.height = 1_200;
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no canvas');
    for (const [at, colour] of ['#dc1e1e', '#1e1edc'].entries()) {
      context.fillStyle = colour;
      context.fillRect(at * 1_200, 0, 1_200, 1_200);
    }
    return canvas.toDataURL('image/jpeg').split(',')[1] ?? '';
  });
  const secret = 'Lindenstrasse 12, 50.9 Nord';
  const buffer = withExif(Buffer.from(photo, 'base64'), secret);
  await choosePicture(page, { name: 'anna.jpg', mimeType: 'image/jpeg', buffer });
  const dialog = page.getByRole('dialog', { name: 'Ausschnitt wählen' });
  const area = dialog.getByRole('application', { name: 'Ausschnitt' });
  // What one came for has the focus.
  await area.and(page.locator(':focus')).waitFor();
  // From the middle to the left edge: all red.
  for (let press = 0; press < 15; press += 1) await page.keyboard.press('ArrowLeft');
  await button(page, 'Übernehmen').click();
  await page.getByRole('status').filter({ hasText: 'Das Bild ist gespeichert.' }).waitFor();
  const bytes = Buffer.from(await page.evaluate(() => String(Reflect.get(globalThis, 'sent'))), 'latin1');
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
  expect(bytes.length).toBeLessThanOrEqual(65_536);
  expect(bytes.includes('Exif')).toBe(false);
  expect(bytes.includes(secret)).toBe(false);

  const own = page.locator('.picture-field img');
  await own.waitFor();
  for (const [red = 0, , blue = 255] of await halvesOf(own)) {
    expect(red).toBeGreaterThan(180);
    expect(blue).toBeLessThan(80);
  }
  const colleague = await office.desk(jonas);
  await colleague.page.addInitScript(holdWorker);
  await colleague.page.goto(colleague.url);
  await chatRow(colleague.page, 'Intern').getByText('Berger Immobilien').waitFor();
  // One that can't be had without network is tried again with it.
  await colleague.goOffline('at once');
  const lost = colleague.page.waitForEvent('requestfailed', (request) => request.url().includes('/api/pictures/'));
  await listTab(colleague.page, /Alle Kontakte/).click();
  await lost;
  const face = chatRow(colleague.page, 'Anna').locator('img');
  await face.waitFor({ state: 'detached' });
  await colleague.goOnline();
  await face.waitFor();
  expect((await halvesOf(face))[0]?.[0]).toBeGreaterThan(180);
  // Also what was seen before there was a worker is kept by it.
  await colleague.page.evaluate(() => dispatchEvent(new Event('let-worker')));
  await untilInstalled(colleague.page);
  const kept = (): Promise<number> =>
    colleague.page.evaluate(async () => (await (await caches.open('pictures')).keys()).length);
  await expect.poll(kept).toBe(1);
  // What was seen in the first session on a device is there at the first start without network.
  await colleague.goOffline();
  await colleague.page.reload();
  await face.waitFor();
  expect((await halvesOf(face))[0]?.[0]).toBeGreaterThan(180);
  await colleague.goOnline();

  await button(page, 'Bild entfernen').click();
  await page
    .getByRole('alertdialog', { name: 'Bild entfernen?' })
    .getByRole('button', { name: 'Bild entfernen' })
    .click();
  await own.waitFor({ state: 'detached' });
  await face.waitFor({ state: 'detached' });
  await colleague.close();
});

test('[P1] the slider and the mouse choose the part, too; without network it waits in its dialog', async () => {
  const { page } = desk;
  await page.goto(`${desk.url}/settings/profile`);
  await choosePicture(page, { name: 'halb.png', mimeType: 'image/png', buffer: halvesPng(600, 300) });
  const dialog = page.getByRole('dialog', { name: 'Ausschnitt wählen' });
  const area = dialog.getByRole('application', { name: 'Ausschnitt' });
  const box = await area.boundingBox();
  if (box === null) throw new Error('not on the screen');
  // Dragged to the left, the picture shows more of its right.
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 5, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await dialog.getByRole('slider', { name: 'Vergrößerung' }).fill('50');
  await desk.goOffline();
  await button(page, 'Übernehmen').click();
  await dialog.getByRole('alert').filter({ hasText: 'Ihr Ausschnitt bleibt hier' }).waitFor();
  await desk.goOnline();
  await button(page, 'Übernehmen').click();
  await dialog.waitFor({ state: 'detached' });
  const own = page.locator('.picture-field img');
  await own.waitFor();
  const isBlue = async (): Promise<void> => {
    for (const [red = 255, , blue = 0] of await halvesOf(own)) {
      expect(blue).toBeGreaterThan(180);
      expect(red).toBeLessThan(80);
    }
  };
  await isBlue();
  // Seen once with the worker, it is there without network.
  await page.reload();
  await own.waitFor();
  await isBlue();
  await desk.goOffline();
  await page.reload();
  await own.waitFor();
  await isBlue();
  await desk.goOnline();
});

test('[P1] what is no picture, a broken one or a bomb is refused with clear words, and what need not be decoded is not', async () => {
  const { page } = desk;
  await page.addInitScript(() => {
    const decode = globalThis.createImageBitmap.bind(globalThis);
    Object.assign(globalThis, { decoded: 0 });
    Object.assign(globalThis, {
      createImageBitmap: (image: ImageBitmapSource, options: ImageBitmapOptions) => {
        Object.assign(globalThis, { decoded: Number(Reflect.get(globalThis, 'decoded')) + 1 });
        return decode(image, options);
      },
    });
  });
  await page.goto(`${desk.url}/settings/profile`);
  await button(page, 'Bild wählen').waitFor();
  const decoded = (): Promise<number> => page.evaluate(() => Number(Reflect.get(globalThis, 'decoded')));
  const bomb = bombPng(30_000);
  expect(bomb.length).toBeLessThan(2_000_000);
  const picture = halvesPng(400, 400);
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>document.title="erwischt"</script></svg>';
  for (const [name, mimeType, buffer, words] of [
    ['bombe.png', 'image/png', bomb, 'zu viele Bildpunkte'],
    ['brief.png', 'image/png', Buffer.from('Das ist ein Brief und kein Bild.'), 'kein Bild'],
    ['leer.jpg', 'image/jpeg', Buffer.alloc(0), 'kein Bild'],
    ['zeichnung.svg', 'image/svg+xml', Buffer.from(svg), 'kein Bild'],
    ['getarnt.png', 'image/png', Buffer.from(svg), 'kein Bild'],
    ['kopf.png', 'image/png', picture.subarray(0, 20), 'kein Bild'],
    ['bewegt.gif', 'image/gif', Buffer.from('GIF89a\x01\0\x01\0\0\0\0;\0\0\0\0\0'), 'JPEG, PNG oder WebP'],
    ['iphone.heic', 'image/heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), 'JPEG, PNG oder WebP'],
  ] as const) {
    await choosePicture(page, { name, mimeType, buffer });
    await page.getByRole('alert').filter({ hasText: words }).waitFor();
    expect(await page.getByRole('dialog').count(), name).toBe(0);
  }
  expect(await decoded()).toBe(0);
  await choosePicture(page, {
    name: 'halb.png',
    mimeType: 'image/png',
    buffer: picture.subarray(0, picture.length / 2),
  });
  await page.getByRole('alert').filter({ hasText: 'beschädigt' }).waitFor();
  expect(await decoded()).toBe(1);
  expect(await page.title()).not.toContain('erwischt');

  // A wrong name does no harm to a right picture.
  await choosePicture(page, { name: 'falsch.txt', mimeType: 'text/plain', buffer: picture });
  await page.getByRole('dialog', { name: 'Ausschnitt wählen' }).waitFor();
  await page.keyboard.press('Escape');
  expect(await page.getByRole('alert').count()).toBe(0);
});

test('[A4] at 200 % no dialog is higher than the window: a picture is chosen, and the last of the keys is reached', async () => {
  const { page } = desk;
  const lowest = async (part: Locator): Promise<number> => {
    const box = await part.boundingBox();
    return box === null ? Infinity : box.y + box.height;
  };
  await page.setViewportSize({ width: 640, height: 400 });
  await page.goto(`${desk.url}/settings/profile`);
  await choosePicture(page, { name: 'halb.png', mimeType: 'image/png', buffer: halvesPng(600, 300) });
  const cropping = page.getByRole('dialog', { name: 'Ausschnitt wählen' });
  await cropping.waitFor();
  expect(await lowest(cropping)).toBeLessThan(400);
  await button(page, 'Übernehmen').click();
  await cropping.waitFor({ state: 'detached' });
  await page.keyboard.press('Control+/');
  const last = page.getByRole('dialog', { name: 'Tastenkürzel' }).getByRole('switch');
  await last.scrollIntoViewIfNeeded();
  expect(await lowest(last)).toBeLessThan(400);
  await page.setViewportSize({ width: 1280, height: 800 });
});
