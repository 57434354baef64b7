/** Answers that say no: `{code, message}` with a stable code. Thrown by routes, turned into a response in one place. */
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ErrorBody, ErrorCode } from '../../crdt/model/protocol/http.ts';

const STATUS = {
  malformed: 400,
  invalid: 400,
  'signed-out': 401,
  credentials: 401,
  'setup-code': 403,
  origin: 403,
  forbidden: 403,
  'not-found': 404,
  invitation: 404,
  protocol: 409,
  'setup-done': 409,
  'email-taken': 409,
  gap: 409,
  conflict: 409,
  clock: 409,
  'too-big': 413,
  'bad-entry': 422,
  picture: 422,
  rate: 429,
  internal: 500,
  'storage-failed': 500,
  'setup-needed': 503,
  'shutting-down': 503,
  'storage-full': 507,
} as const satisfies Record<ErrorCode, ContentfulStatusCode>;

const MESSAGE: Readonly<Record<ErrorCode, string>> = {
  malformed: 'not a Yjs update',
  invalid: 'the request is not as it must be',
  'signed-out': 'no session, or it has ended',
  credentials: 'e-mail address or password is wrong',
  'setup-code': 'the set-up code is wrong',
  origin: 'requests from other sites are not accepted',
  forbidden: 'not allowed',
  'not-found': 'nothing here, or nothing for you',
  invitation: 'this invitation does not exist, has been used, or has expired',
  protocol: 'app and server have different protocol versions',
  'setup-done': 'this installation is set up already',
  'email-taken': 'this e-mail address is in use',
  gap: 'entries before these are missing',
  conflict: 'other entries stand in this place',
  clock: 'the entries before these are not stored; send again',
  'too-big': 'too much at once',
  'bad-entry': 'an entry is not as it must be',
  picture: 'not a picture that can be used',
  rate: 'too many requests; wait a moment',
  internal: 'something went wrong on the server',
  'storage-failed': 'the server could not store this; try again',
  'setup-needed': 'this installation is not set up yet',
  'shutting-down': 'the server is restarting',
  'storage-full': 'the server has no room left; nothing was stored',
};

export class HttpRefusal extends Error {
  readonly code: ErrorCode;
  readonly retryAfterMs: number | undefined;
  /** The device shall delete what lies on it. */
  readonly wipe: boolean;

  /** `detail` is added for developers; it never holds what a person wrote. */
  constructor(code: ErrorCode, detail?: string, retryAfterMs?: number, wipe = false) {
    super(detail === undefined ? MESSAGE[code] : `${MESSAGE[code]}: ${detail}`);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
    this.wipe = wipe;
  }

  get status(): ContentfulStatusCode {
    return STATUS[this.code];
  }

  response(): Response {
    const headers = new Headers({ 'content-type': 'application/json', 'cache-control': 'no-store' });
    if (this.retryAfterMs !== undefined) headers.set('retry-after', String(Math.ceil(this.retryAfterMs / 1_000)));
    const body: ErrorBody = { code: this.code, message: this.message, ...(this.wipe ? { wipe: true } : {}) };
    return new Response(JSON.stringify(body), { status: this.status, headers });
  }
}
