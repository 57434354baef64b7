import { chatPath, FRIEND } from './in-chat.ts';
import type { Entry, Scene } from './scene.ts';

const PHRASE = 'Schlüssel';
const LONG_AGO = 'when=2000-01-01..2000-01-31';

const found = ({ page }: Scene): Promise<void> => page.locator('.found-text mark').first().waitFor();
const hint = ({ page }: Scene, words: string): Promise<void> => page.getByText(words, { exact: true }).last().waitFor();

/** The search for messages, which on a narrow window stands in place of the list: what is found in one chat and in all, one message of it, and all that it says when there is nothing. */
export const SEARCH: readonly Entry[] = [
  {
    name: 'find',
    path: '/?find=',
    show: (scene) => hint(scene, scene.t.search.hint),
  },
  {
    name: 'find-in-chat',
    path: async (scene) => {
      await scene.say(FRIEND, 'Der Schlüssel liegt beim Hausmeister, der Haustürschlüssel im Büro.');
      return `${chatPath(FRIEND)(scene)}?find=${PHRASE}&in=${scene.demo.chatWith(FRIEND)}`;
    },
    show: found,
  },
  {
    name: 'find-in-all',
    path: `/?find=${PHRASE}`,
    show: found,
  },
  {
    name: 'find-open',
    path: ({ demo }) => `/chats/${demo.internal}?find=${PHRASE}`,
    async show(scene) {
      const { page } = scene;
      await found(scene);
      await page.locator('.found-text mark').nth(1).click();
      await page.locator('[data-marked]').waitFor();
    },
  },
  {
    name: 'find-nothing',
    path: `/?find=${PHRASE}&${LONG_AGO}`,
    show: (scene) => hint(scene, scene.t.search.nothing),
  },
  {
    name: 'find-too-long',
    path: '/?find=',
    async show(scene) {
      await scene.page.getByRole('searchbox').fill('Haus '.repeat(2_000));
      await hint(scene, scene.t.search.cut);
    },
  },
];
