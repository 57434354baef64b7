/** What a raw client puts on the wire: y-protocols' sync messages, bare for y-websocket, in Hocuspocus' envelope for the others. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

export interface Wire {
  /** Frames that open the document, in order. */
  readonly opening: readonly Uint8Array[];
  update(update: Uint8Array): Uint8Array;
  /** The update that a frame from the server carries; undefined for any other frame. */
  read(frame: Uint8Array): Uint8Array | undefined;
}

const SYNC = 0;
const AUTH = 2;
const STEP_1 = 0;
const STEP_2 = 1;
const UPDATE = 2;
/** The provider's version as 4.8.0 says it; the server takes older ones for clients that can do less. */
const PROVIDER_VERSION = '4.8.0';

function frame(write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  write(encoder);
  return encoding.toUint8Array(encoder);
}

const syncFrame = (head: (encoder: encoding.Encoder) => void, type: number, bytes: Uint8Array): Uint8Array =>
  frame((encoder) => {
    head(encoder);
    encoding.writeVarUint(encoder, SYNC);
    encoding.writeVarUint(encoder, type);
    encoding.writeVarUint8Array(encoder, bytes);
  });

function readSync(decoder: decoding.Decoder): Uint8Array | undefined {
  if (decoding.readVarUint(decoder) !== SYNC) return undefined;
  const type = decoding.readVarUint(decoder);
  return type === STEP_2 || type === UPDATE ? decoding.readVarUint8Array(decoder) : undefined;
}

const EMPTY_STATE = Y.encodeStateVector(new Y.Doc());

/** y-websocket: the document is named by the URL. */
export const bareWire: Wire = {
  opening: [syncFrame(() => undefined, STEP_1, EMPTY_STATE)],
  update: (update) => syncFrame(() => undefined, UPDATE, update),
  read: (bytes) => (bytes.length < 2 ? undefined : readSync(decoding.createDecoder(bytes))),
};

/** Hocuspocus: every frame names its document, and a document is opened by a token. */
export function envelopedWire(document: string): Wire {
  const head = (encoder: encoding.Encoder): void => encoding.writeVarString(encoder, document);
  return {
    opening: [
      frame((encoder) => {
        head(encoder);
        encoding.writeVarUint(encoder, AUTH);
        encoding.writeVarUint(encoder, 0);
        encoding.writeVarString(encoder, '');
        encoding.writeVarString(encoder, PROVIDER_VERSION);
      }),
      syncFrame(head, STEP_1, EMPTY_STATE),
    ],
    update: (update) => syncFrame(head, UPDATE, update),
    read(bytes) {
      // One byte alone is a sign of life.
      if (bytes.length < 2) return undefined;
      const decoder = decoding.createDecoder(bytes);
      decoding.readVarString(decoder);
      return readSync(decoder);
    },
  };
}
