import * as v from 'valibot';
import type { HttpContext } from './context.ts';
import { HttpRefusal } from './refusal.ts';

/** Reads at most so many bytes; refuses more, whatever Content-Length says, and what breaks off. */
export async function readBytes(c: HttpContext, mostBytes: number): Promise<Uint8Array> {
  if (Number(c.req.header('content-length') ?? 0) > mostBytes) throw new HttpRefusal('too-big');
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  const body: ReadableStream<Uint8Array> | null = c.req.raw.body;
  try {
    for await (const chunk of body ?? []) {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > mostBytes) throw new HttpRefusal('too-big');
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof HttpRefusal) throw error;
    // Theirs or the line's doing: nobody may fill the operator's log with it.
    throw new HttpRefusal('invalid', 'the body broke off');
  }
  return Buffer.concat(chunks, sizeBytes);
}

/** A JSON body that passes the schema; the refusal names the first member that doesn't, never its value. */
export async function readJson<T>(c: HttpContext, schema: v.GenericSchema<unknown, T>, mostBytes: number): Promise<T> {
  if (!/^application\/json\b/u.test(c.req.header('content-type') ?? '')) throw new HttpRefusal('invalid', 'not JSON');
  const bytes = await readBytes(c, mostBytes);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new HttpRefusal('invalid', 'not JSON');
  }
  const parsed = v.safeParse(schema, value);
  if (!parsed.success) throw new HttpRefusal('invalid', v.getDotPath(parsed.issues[0]) ?? 'body');
  return parsed.output;
}
