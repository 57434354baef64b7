/** How the pictures get to what they show. */
import type { Locator } from 'playwright';
import type { Scene } from './scene.ts';

/** Places in the company: with whom there is a long story, one for states, one for hostile texts, one who has left. */
export const FRIEND = 1;
export const MANY_STATES = 2;
export const HOSTILE = 3;
export const LEFT = 4;

export const chatPath =
  (place: number) =>
  ({ demo }: Scene): string =>
    `/chats/${demo.chatWith(place)}`;

export const composer = ({ page, t }: Scene): Locator => page.getByRole('textbox', { name: t.composer.label });

export async function write(scene: Scene, text: string): Promise<void> {
  await composer(scene).fill(text);
  await composer(scene).press('Enter');
  await scene.page.getByText(text, { exact: true }).last().waitFor();
}
