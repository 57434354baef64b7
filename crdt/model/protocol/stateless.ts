/**
 * What client and server say to each other beside the documents, as Hocuspocus stateless messages: JSON, parsed strictly. A message
 * of unknown kind or form is no message; the protocol version makes sure that both sides know the same ones.
 */
import * as v from 'valibot';
import { isAccount, isWriter, type Account, type Writer } from '../log/writer.ts';
import { parseChatId, parseDocumentName, type ChatId, type DocumentName } from './document-name.ts';

/** UTF-16 units of one message: a full bump (see BUMP_HEADS) has about 25,000. */
const STATELESS_LENGTH = 65_536;
/** Heads in one bump; more are told in several. */
export const BUMP_HEADS = 500;
/** Writers named in one refusal: as many as an update may begin, and room. */
const REFUSED_WRITERS = 128;
/** Chats in one report of what has been delivered; more are told in several. */
export const DELIVERED_CHATS = 500;
/** People of a chat whose positions are told one by one, the reader included; of larger chats only counts are told. */
export const RECEIPT_PEOPLE = 20;
/** Steps of one count: newest first, the last one where everybody is; so many that one's latest messages are exact. */
export const RECEIPT_STEPS = 32;

const WHOLE = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const TIME_MS = v.pipe(v.number(), v.finite());
const EPOCH = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

const isDocumentName = (value: unknown): value is DocumentName =>
  typeof value === 'string' && parseDocumentName(value) !== undefined;
const DOCUMENT = v.custom<DocumentName>(isDocumentName);
const WRITER = v.custom<Writer>((value) => isWriter(value));
const ACCOUNT = v.custom<Account>((value) => isAccount(value));
const isChatId = (value: unknown): value is ChatId => typeof value === 'string' && parseChatId(value) !== undefined;
const CHAT = v.custom<ChatId>(isChatId);

/** Account, and the arrival numbers up to which the person's devices have the chat and the person has read it; 0: nothing, or not told. */
const RECEIPT_TUPLE = v.pipe(v.strictTuple([ACCOUNT, WHOLE, WHOLE]), v.readonly());
/** So many people have got at least as far as this arrival number. */
const STEP_TUPLE = v.pipe(v.strictTuple([WHOLE, WHOLE]), v.readonly());
const STEPS = v.pipe(v.array(STEP_TUPLE), v.maxLength(RECEIPT_STEPS), v.readonly());

/** Where a document stands: name, arrival number of its last arrival, sequence of its last change. */
export const HEAD_TUPLE = v.pipe(v.strictTuple([DOCUMENT, WHOLE, WHOLE]), v.readonly());
export type HeadTuple = v.InferOutput<typeof HEAD_TUPLE>;

/** Server to client. */
export const FROM_SERVER = v.variant('kind', [
  /** On the inbox connection once it stands: which history this is, and what time it is. */
  v.strictObject({ kind: v.literal('welcome'), epoch: EPOCH, serverTimeMs: TIME_MS }),
  /** On the document's connection: the update with new entries of these writers was refused (codes: gate and store). */
  v.strictObject({
    kind: v.literal('refused'),
    code: v.pipe(v.string(), v.maxLength(32)),
    detail: v.pipe(v.string(), v.maxLength(200)),
    writers: v.pipe(v.array(WRITER), v.maxLength(REFUSED_WRITERS), v.readonly()),
  }),
  /** On the inbox connection: documents that have changed and are not open on this socket. */
  v.strictObject({
    kind: v.literal('bump'),
    heads: v.pipe(v.array(HEAD_TUPLE), v.maxLength(BUMP_HEADS), v.readonly()),
  }),
  /** On the connection of a chat's first page: how far everybody else is. Always the whole, when it was opened and after changes. */
  v.strictObject({
    kind: v.literal('receipts'),
    people: v.pipe(v.array(RECEIPT_TUPLE), v.maxLength(RECEIPT_PEOPLE), v.readonly()),
  }),
  /** The same for larger chats. Steps fall by number and rise by count; `members` are all the others. Never says more than is so. */
  v.strictObject({ kind: v.literal('receipt-counts'), members: WHOLE, delivered: STEPS, read: STEPS }),
  /** Answer to `time`. */
  v.strictObject({ kind: v.literal('time'), sentAtMs: TIME_MS, serverTimeMs: TIME_MS }),
]);
export type FromServer = v.InferOutput<typeof FROM_SERVER>;

/** Client to server. */
export const FROM_CLIENT = v.variant('kind', [
  /** On the inbox connection: what time is it? `sentAtMs` comes back as it is. */
  v.strictObject({ kind: v.literal('time'), sentAtMs: TIME_MS }),
  /**
   * On the inbox connection: up to these arrival numbers this device has stored the chats. Told after each `welcome` where the
   * server is not known to have kept it, then as it changes, gathered for a second or more.
   */
  v.strictObject({
    kind: v.literal('delivered'),
    chats: v.pipe(
      v.array(v.pipe(v.strictTuple([CHAT, WHOLE]), v.readonly())),
      v.maxLength(DELIVERED_CHATS),
      v.readonly(),
    ),
  }),
]);
export type FromClient = v.InferOutput<typeof FROM_CLIENT>;

export const encodeStateless = (message: FromServer | FromClient): string => JSON.stringify(message);

/** A message of the server; undefined when it is none. Never throws. */
export const parseFromServer = (payload: string): FromServer | undefined => parse(FROM_SERVER, payload);

/** A message of a client; undefined when it is none. Never throws. */
export const parseFromClient = (payload: string): FromClient | undefined => parse(FROM_CLIENT, payload);

function parse<T extends FromServer | FromClient>(schema: v.GenericSchema<unknown, T>, payload: string): T | undefined {
  if (payload.length > STATELESS_LENGTH) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(payload);
  } catch {
    return undefined;
  }
  const parsed = v.safeParse(schema, value);
  return parsed.success ? parsed.output : undefined;
}
