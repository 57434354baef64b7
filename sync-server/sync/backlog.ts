/** Of a frame without a mask: two bytes, or ten with a long length. */
const FRAME_HEADER_BYTES = 10;

/**
 * Says when too much waits for a slow reader. The largest frame that waits does not count: a document that has become larger than the
 * bound could never be opened again.
 */
export class Backlog {
  readonly #mostBytes: number;
  #largestBytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** A frame was handed over, and so much waits now, itself included. */
  isTooMuch(waitingBytes: number, frameBytes: number): boolean {
    const isAlone = waitingBytes <= frameBytes + FRAME_HEADER_BYTES;
    this.#largestBytes = isAlone ? frameBytes : Math.max(this.#largestBytes, frameBytes);
    return waitingBytes - this.#largestBytes > this.#mostBytes;
  }
}
