/** Several V1 updates in one row: each preceded by its length. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

export const frame = (updates: readonly Uint8Array[]): Uint8Array =>
  encoding.encode((encoder) => {
    for (const update of updates) encoding.writeVarUint8Array(encoder, update);
  });

export function unframe(bytes: Uint8Array): Uint8Array[] {
  const decoder = decoding.createDecoder(bytes);
  const updates: Uint8Array[] = [];
  while (decoding.hasContent(decoder)) updates.push(decoding.readVarUint8Array(decoder));
  return updates;
}
