import type { Page } from 'playwright';
import type { Texts } from '../../../app/i18n/de.ts';
import type { ChatId } from '../../../crdt/model/protocol/document-name.ts';
import type { Desk } from '../../e2e/office.ts';
import type { Demo } from './demo.ts';

/** What brings one screen before the camera; in one language at a time. */
export interface Scene {
  readonly desk: Desk;
  readonly page: Page;
  readonly t: Texts;
  readonly demo: Demo;
  /** Another of the company writes to the administrator; resolves when the server has it. */
  say(place: number, text: string, chat?: ChatId): Promise<void>;
}

/** One screen. A new one is one entry in `entries.ts`. */
export interface Entry {
  readonly name: string;
  /** Nobody: who is not signed in. */
  readonly who?: 'administrator' | 'nobody';
  readonly path: string | ((scene: Scene) => string | Promise<string>);
  /** Resolves when it is to be seen as it should be; else it is enough that the address is loaded. */
  readonly show?: (scene: Scene) => Promise<unknown>;
  /** Puts back what `show` has changed. */
  readonly after?: (scene: Scene) => Promise<unknown>;
}
