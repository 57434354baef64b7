/** What Ben says in a page, as the server has it: a minute apart, each with its arrival. */
import type { Place } from '../../crdt/model/log/entry-id.ts';
import { HEAD } from '../../crdt/model/log/entry-kind.ts';
import { stampAt } from '../../crdt/model/log/stamp.ts';
import type { Writer } from '../../crdt/model/log/writer.ts';
import { writer, type PageBuilder } from './chat-builder.ts';

/** When the first of it was said. */
export const T0 = Date.UTC(2026, 0, 1);

/** Each of Ben's writers belongs to one page of a chat. */
const ben = (page: PageBuilder): Writer => writer(6, page.page);

const nextMs = (page: PageBuilder): number => T0 + page.entries.length * 60_000;

export function say(page: PageBuilder, text: string, atMs = nextMs(page), by: Writer = ben(page)): Place {
  const place = page.append(by, [HEAD.message, stampAt(atMs), text]);
  page.arrive(by, atMs);
  return place;
}

export function edit(page: PageBuilder, { writer: by, clock }: Place, text: string): void {
  const atMs = nextMs(page);
  page.append(by, [HEAD.edit, stampAt(atMs), by, clock, text]);
  page.arrive(by, atMs);
}

/** With the erasure that comes with it. */
export function retract(page: PageBuilder, place: Place): void {
  const { writer: by, clock } = place;
  const atMs = nextMs(page);
  page.append(by, [HEAD.retraction, stampAt(atMs), by, clock]);
  page.arrive(by, atMs);
  page.erase(place);
}
