import { Worker } from 'node:worker_threads';
import type { ServerLimits } from '../limits.ts';
import type { Log } from '../log.ts';
import { isAcceptable } from './served-picture.ts';

export type Drawn =
  | { readonly kind: 'drawn'; readonly bytes: Uint8Array }
  /** Not a JPEG that can be used. */
  | { readonly kind: 'refused' }
  /** Too many are waiting, or it couldn't be finished: the next time it may be. */
  | { readonly kind: 'busy' };

/** MB for the heap of one worker: eight times what the largest picture takes. */
const WORKER_HEAP_MB = 128;

export interface PictureDrawerOptions {
  readonly limits: Pick<ServerLimits, 'pictureMs' | 'waitingPictures'>;
  readonly log: Log;
}

/** Draws pictures anew, one at a time, each in a worker thread with bounded time and memory. */
export class PictureDrawer {
  readonly #options: PictureDrawerOptions;
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: PictureDrawerOptions) {
    this.#options = options;
  }

  async draw(bytes: Uint8Array): Promise<Drawn> {
    if (!isAcceptable(bytes)) return { kind: 'refused' };
    if (this.#waiting >= this.#options.limits.waitingPictures) return { kind: 'busy' };
    this.#waiting += 1;
    const drawing = this.#last.then(() => this.#drawNext(bytes));
    this.#last = drawing.catch(() => undefined);
    try {
      return await drawing;
    } finally {
      this.#waiting -= 1;
    }
  }

  /** Only what the worker itself says is said of the picture: one that failed or took too long says nothing. */
  #drawNext(bytes: Uint8Array): Promise<Drawn> {
    const { promise, resolve } = Promise.withResolvers<Drawn>();
    const worker = new Worker(new URL('./picture-worker.ts', import.meta.url), {
      workerData: bytes,
      name: 'picture',
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MB },
    });
    const timer = setTimeout(() => void worker.terminate(), this.#options.limits.pictureMs);
    worker.once('message', (drawn: unknown) =>
      resolve(drawn instanceof Uint8Array ? { kind: 'drawn', bytes: drawn } : { kind: 'refused' }),
    );
    worker.once('error', (error) => this.#options.log.error('picture-failed', error));
    worker.once('exit', () => {
      clearTimeout(timer);
      resolve({ kind: 'busy' });
    });
    return promise;
  }
}
