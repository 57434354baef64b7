/** Bodies of the HTTP interface, as client and server share them. Errors are `{code, message}` with a code of the list below. */
import * as v from 'valibot';
import { ABSENCE, PERSON, PICTURE_HASH } from '../company/company-facts.ts';
import { isAccount, isWriter, type Account, type Writer } from '../log/writer.ts';
import type { CompanyId } from './document-name.ts';
import { HEAD_TUPLE } from './stateless.ts';

export const ERROR_CODES = [
  // The gate's; see log/verdict.ts.
  'malformed',
  'too-big',
  'forbidden',
  'bad-entry',
  'gap',
  'conflict',
  /** The store's clock of a writer differs from the one that the gate saw: send again. */
  'clock',
  'storage-full',
  'storage-failed',
  /** The request's body or address is not what the schema says. */
  'invalid',
  'not-found',
  /** No session, or it has ended. */
  'signed-out',
  /** Wrong password or unknown person alike. */
  'credentials',
  'email-taken',
  /** Not a JPEG, of too many pixels, or broken. */
  'picture',
  /** The one-time code of the set-up is wrong. */
  'setup-code',
  /** The installation is set up already. */
  'setup-done',
  'setup-needed',
  /** Used, revoked, expired or unknown alike. */
  'invitation',
  /** Foreign Origin. */
  'origin',
  'protocol',
  'rate',
  'shutting-down',
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/**
 * Every 4xx and 5xx. `message` is for developers and logs; the app words its own from the code. `wipe` comes with `signed-out`: this
 * device was signed out from another one, which asked for what lies here to be deleted.
 */
export const ERROR_BODY = v.object({
  code: v.picklist(ERROR_CODES),
  message: v.string(),
  wipe: v.optional(v.literal(true)),
});
export type ErrorBody = Readonly<v.InferOutput<typeof ERROR_BODY>>;

const WHOLE = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const TIME_MS = v.pipe(v.number(), v.finite());
const EPOCH = v.pipe(v.string(), v.maxLength(64));
const ACCOUNT = v.custom<Account>((value) => isAccount(value));
const COMPANY_ID = v.custom<CompanyId>(
  (value) => typeof value === 'number' && Number.isSafeInteger(value) && value > 0,
);
const WRITER = v.custom<Writer>((value) => isWriter(value));
const TOKEN = v.pipe(v.string(), v.regex(/^[\w-]{8,128}$/));

const NAME = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100));
const LINE = v.pipe(v.string(), v.trim(), v.maxLength(200));
const EMAIL = v.pipe(v.string(), v.trim(), v.toLowerCase(), v.maxLength(254), v.email());
/** better-auth's own bounds. */
const PASSWORD = v.pipe(v.string(), v.minLength(8), v.maxLength(128));
const NEW_PERSON = { email: EMAIL, password: PASSWORD, first: NAME, last: NAME };

/** GET /api/status: what the sign-in page needs to know. */
export const STATUS = v.object({ kind: v.picklist(['setup', 'ready']), protocol: WHOLE });
export type Status = Readonly<v.InferOutput<typeof STATUS>>;

/** POST /api/setup: the operator's company and its first administrator. */
export const SETUP = v.strictObject({
  code: v.pipe(v.string(), v.trim(), v.maxLength(64)),
  company: NAME,
  ...NEW_PERSON,
});
export type Setup = Readonly<v.InferOutput<typeof SETUP>>;

/** GET /api/session */
export const SESSION = v.object({
  /** Which installation this is, restored or not: a device never mixes the copies of two that have the same address. */
  installation: v.pipe(v.string(), v.regex(/^[\w-]{8,64}$/)),
  account: ACCOUNT,
  company: COMPANY_ID,
  serverTimeMs: TIME_MS,
  epoch: EPOCH,
  protocol: WHOLE,
  person: PERSON,
});
export type Session = Readonly<v.InferOutput<typeof SESSION>>;

/** POST /api/invitations: the answer; the token is told this once. */
export const NEW_INVITATION = v.object({ id: v.string(), token: TOKEN, expiresAtMs: TIME_MS });
export type NewInvitation = Readonly<v.InferOutput<typeof NEW_INVITATION>>;

/** GET /api/invitations/:token */
export const INVITATION = v.object({ company: v.string(), expiresAtMs: TIME_MS });
export type Invitation = Readonly<v.InferOutput<typeof INVITATION>>;

/** POST /api/invitations/:token/accept */
export const ACCEPT_INVITATION = v.strictObject(NEW_PERSON);
export type AcceptInvitation = Readonly<v.InferOutput<typeof ACCEPT_INVITATION>>;

/** PUT /api/profile: the whole of what a person says of themselves; what is missing is taken away. */
export const PROFILE = v.strictObject({
  first: NAME,
  last: NAME,
  salutation: v.optional(LINE),
  city: v.optional(LINE),
  link: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(500), v.regex(/^https?:\/\//))),
  absence: v.optional(ABSENCE),
  visible: v.optional(v.boolean(), true),
});
export type Profile = Readonly<v.InferOutput<typeof PROFILE>>;

/** PUT /api/profile/picture (a JPEG): the name of what is served at /api/pictures/<picture>, also in the person's fact. */
export const NEW_PICTURE = v.object({ picture: PICTURE_HASH });
export type NewPicture = Readonly<v.InferOutput<typeof NEW_PICTURE>>;
/** Bounds of a picture that is sent; it is cropped and encoded on the device. Sides in pixels. */
export const PICTURE_BYTES = 65_536;
export const PICTURE_SIDE = 512;
/** Sides of the picture that is served. */
export const SERVED_PICTURE_SIDE = 256;

/** GET /api/devices: where a person is signed in, latest first. DELETE /api/devices/<id> signs one out, with `?wipe=1` wipes it, too. */
export const DEVICE = v.object({
  id: v.pipe(v.string(), v.regex(/^[\w-]{8,64}$/)),
  /** Names like "Firefox" and "Android", as far as the device has said. */
  browser: v.optional(v.string()),
  system: v.optional(v.string()),
  createdAtMs: TIME_MS,
  /** Within an hour, so that not every request is written down. */
  seenAtMs: TIME_MS,
  /** The device that asks. */
  current: v.boolean(),
});
export type Device = Readonly<v.InferOutput<typeof DEVICE>>;
export const DEVICES = v.object({ devices: v.pipe(v.array(DEVICE), v.readonly()) });

/** POST /api/catch-up: what has changed since the cursor; everything when the epoch is another. */
export const CATCH_UP = v.strictObject({ since: WHOLE, epoch: EPOCH });
export type CatchUp = Readonly<v.InferOutput<typeof CATCH_UP>>;
export const CAUGHT_UP = v.object({ epoch: EPOCH, cursor: WHOLE, heads: v.pipe(v.array(HEAD_TUPLE), v.readonly()) });
export type CaughtUp = Readonly<v.InferOutput<typeof CAUGHT_UP>>;

/** POST /api/entries/<document name>: the arrivals as committed; number is the last entry's (writer, from, to, number, time in ms). */
export const STORED_ENTRIES = v.object({
  arrivals: v.pipe(v.array(v.pipe(v.strictTuple([WRITER, WHOLE, WHOLE, WHOLE, TIME_MS]), v.readonly())), v.readonly()),
});
export type StoredEntries = Readonly<v.InferOutput<typeof STORED_ENTRIES>>;
