/**
 * What a cold start must know before any network: whose copy to open. It lies in localStorage, so that reading it takes no time and
 * other tabs hear of a change. It holds no secret; the session itself is a cookie that scripts can't read.
 */
import * as v from 'valibot';
import { isAccount, type Account } from '../../crdt/model/log/writer.ts';
import type { CompanyId } from '../../crdt/model/protocol/document-name.ts';

const KEY = 'hausfunk.session';

const RECORD = v.object({
  installation: v.string(),
  account: v.custom<Account>(isAccount),
  company: v.custom<CompanyId>((value) => Number.isSafeInteger(value) && Number(value) > 0),
  signedInAtMs: v.number(),
  /** As typed at sign-in, so that it need not be typed again when the session ends. */
  email: v.optional(v.string()),
});
export type SessionRecord = Readonly<v.InferOutput<typeof RECORD>>;

function parseRecord(json: string | null): SessionRecord | undefined {
  if (json === null) return undefined;
  try {
    const record = v.safeParse(RECORD, JSON.parse(json));
    return record.success ? record.output : undefined;
  } catch {
    return undefined;
  }
}

export const readRecord = (): SessionRecord | undefined => parseRecord(localStorage.getItem(KEY));
export const writeRecord = (record: SessionRecord): void => localStorage.setItem(KEY, JSON.stringify(record));
export const removeRecord = (): void => localStorage.removeItem(KEY);

/** Calls back when another tab signs in or out; returns its dispose. */
export function onRecordChange(listener: (record: SessionRecord | undefined) => void): () => void {
  const onStorage = (event: StorageEvent): void => {
    if (event.key === KEY || event.key === null) listener(readRecord());
  };
  addEventListener('storage', onStorage);
  return () => removeEventListener('storage', onStorage);
}
