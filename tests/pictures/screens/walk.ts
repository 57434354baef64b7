/** The walk over every screen, for whoever wants to look at them: pictures, and the tests of what must hold on all of them. */
import type { Browser } from 'playwright';
import { de, type Texts } from '../../../app/i18n/de.ts';
import { en } from '../../../app/i18n/en.ts';
import type { Desk } from '../../e2e/office.ts';
import type { NodeDevice } from '../../support/replica-client.ts';
import { openDemo, type Demo } from './demo.ts';
import { ENTRIES } from './entries.ts';
import type { Scene } from './scene.ts';
import { showSmallOffice } from './small-office.ts';

export type Language = 'de' | 'en';

const LANGUAGES: Readonly<Record<Language, { readonly locale: string; readonly texts: Texts }>> = {
  de: { locale: 'de-DE', texts: de },
  en: { locale: 'en-GB', texts: en },
};
export const SIZES = { narrow: { width: 390, height: 844 }, wide: { width: 1280, height: 800 } } as const;
export const THEMES = ['light', 'dark'] as const;
/** For the server to have what was said; far more than it takes. */
const SENT_WITHIN_MS = 10_000;

export interface Seen {
  readonly name: string;
  readonly language: Language;
  readonly size: keyof typeof SIZES;
  readonly theme: (typeof THEMES)[number];
  readonly desk: Desk;
}

interface WalkOptions {
  readonly browser: Browser;
  readonly languages: readonly Language[];
  /** Screens by their names; all without it. */
  readonly wanted?: (name: string) => boolean;
  /** Called for each screen in both sizes and both themes, one after the other. */
  readonly look: (seen: Seen) => Promise<void>;
  /** A screen that could not be shown, or not be put away. */
  readonly onMissed: (name: string, language: Language, cause: unknown, desk: Desk | undefined) => Promise<void> | void;
}

/** A frame for the new size to be laid out in, and one for what follows from it. */
const settle = ({ page }: Desk): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
      }),
  );

export async function walkScreens(options: WalkOptions): Promise<void> {
  const wanted = options.wanted ?? (() => true);
  const lookFrom = (name: string, language: Language) => async (desk: Desk) => {
    const touch = await desk.context.newCDPSession(desk.page);
    for (const size of ['narrow', 'wide'] as const) {
      // A narrow window is a phone's: fingers, no mouse.
      await touch.send('Emulation.setTouchEmulationEnabled', { enabled: size === 'narrow', maxTouchPoints: 5 });
      await desk.page.setViewportSize(SIZES[size]);
      for (const theme of THEMES) {
        await desk.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
        await settle(desk);
        await options.look({ name, language, size, theme, desk });
      }
    }
    await touch.detach();
  };

  if (ENTRIES.some(({ name }) => wanted(name))) {
    const demo = await openDemo();
    const deviceOf = openDevices(demo);
    try {
      for (const language of options.languages) await walkDemo(language, demo, deviceOf);
    } finally {
      await demo.close();
    }
  }
  for (const language of options.languages) {
    const { locale } = LANGUAGES[language];
    const show = (name: string, desk: Desk): Promise<void> =>
      wanted(name) ? lookFrom(name, language)(desk) : Promise.resolve();
    try {
      await showSmallOffice(locale, wanted, show);
    } catch (cause) {
      await options.onMissed('small office', language, cause, undefined);
    }
  }

  async function walkDemo(language: Language, demo: Demo, deviceOf: DeviceOf): Promise<void> {
    const { locale, texts } = LANGUAGES[language];
    const desks = {
      administrator: await demo.desk(options.browser, locale, demo.people[0]),
      nobody: await demo.desk(options.browser, locale),
    };
    for (const entry of ENTRIES.filter(({ name }) => wanted(name))) {
      const desk = desks[entry.who ?? 'administrator'];
      const scene: Scene = {
        desk,
        page: desk.page,
        t: texts,
        demo,
        async say(place, text, chat = demo.chatWith(place)) {
          const device = await deviceOf(place);
          await device.append(chat, { kind: 'message', text });
          await device.allSent(SENT_WITHIN_MS);
        },
      };
      try {
        await desk.page.setViewportSize(SIZES.wide);
        await desk.page.goto(desk.url + (typeof entry.path === 'string' ? entry.path : await entry.path(scene)));
        await entry.show?.(scene);
        await lookFrom(entry.name, language)(desk);
      } catch (cause) {
        await options.onMissed(entry.name, language, cause, desk);
      }
      try {
        await entry.after?.(scene);
      } catch (cause) {
        await options.onMissed(`after ${entry.name}`, language, cause, desk);
      }
    }
    for (const desk of Object.values(desks)) await desk.close();
  }
}

type DeviceOf = (place: number) => Promise<NodeDevice>;

/** One device for each person. */
function openDevices(demo: Demo): DeviceOf {
  const open = new Map<number, Promise<NodeDevice>>();
  return (place) => {
    const device = open.get(place) ?? demo.device(place);
    open.set(place, device);
    return device;
  };
}
