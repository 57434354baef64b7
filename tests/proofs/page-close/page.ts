/** The page of page-close: writes into a chat without network and reports at once what a person would be shown. */
import type { Account } from '../../../crdt/model/log/writer.ts';
import type { ChatId, CompanyId } from '../../../crdt/model/protocol/document-name.ts';
import type { ChatView } from '../../../crdt/replica/contract.ts';
import { openReplica } from '../../../crdt/replica/replica.ts';

export interface Person {
  readonly account: number;
  readonly company: number;
  readonly namespace: string;
  readonly chat: string;
}

export type Report =
  /** The text stands in the conversation, as waiting. */
  | { readonly kind: 'shown'; readonly text: string }
  /** What the writing came to: `waiting` is the promise that it is kept. */
  | { readonly kind: 'outcome'; readonly text: string; readonly outcome: string };

/** Nothing listens there: the device is offline. */
const NO_SERVER = 'http://127.0.0.1:1';

let view: ChatView | undefined;

/** Opens the chat from what the device has kept; the texts in it, in order. */
async function open(person: Person): Promise<string[]> {
  const replica = await openReplica({
    origin: NO_SERVER,
    account: person.account as Account,
    company: person.company as CompanyId,
    namespace: person.namespace,
    nowMs: () => Date.now(),
    random32: () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
    fetch: (input, init) => fetch(input, init),
    WebSocket,
  });
  const opened = await replica.openChat(person.chat as ChatId);
  view = opened;
  while (opened.hasEarlier.get()) await opened.loadEarlier();
  const kept = opened.messages.get().map(({ text }) => text);
  const reported = new Set(kept);
  opened.messages.subscribe(() => {
    for (const { text } of opened.messages.get()) {
      if (reported.has(text)) continue;
      reported.add(text);
      void report({ kind: 'shown', text });
    }
  });
  return kept;
}

/** Writes all texts; `together`: without waiting for one before the next, as a quick typist with a slow disk. */
async function write(texts: readonly string[], together: boolean): Promise<void> {
  const writing: Promise<void>[] = [];
  for (const text of texts) {
    const one = (async () => {
      const outcome = await view?.append({ kind: 'message', text });
      void report({ kind: 'outcome', text, outcome: outcome?.kind ?? 'closed' });
    })();
    writing.push(one);
    if (!together) await one;
  }
  await Promise.all(writing);
}

declare global {
  /** Set by the proof. */
  function report(report: Report): Promise<void>;
  /** Set by this module. */
  var pageClosePage: { readonly open: typeof open; readonly write: typeof write };
}
globalThis.pageClosePage = { open, write };
