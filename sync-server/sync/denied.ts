/** Thrown in hooks of Hocuspocus: only `reason` reaches the client. Without a message, so that Hocuspocus doesn't log it. */
export class Denied extends Error {
  readonly code = 4403;
  readonly reason: string;

  constructor(reason: string) {
    super('');
    this.reason = reason;
  }
}
