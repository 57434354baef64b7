/**
 * What a document's connection does with a client's update: judge, store, and say what went wrong. Nothing that a client sends is ever
 * applied by Hocuspocus: to it every connection is read-only, and the payload is emptied before it looks (decision: ADR 1).
 */
import { OutgoingMessage } from '@hocuspocus/server';
import { encodeStateless } from '../../crdt/model/protocol/stateless.ts';
import type { Sender } from '../../crdt/model/log/verdict.ts';
import type { Writer } from '../../crdt/model/log/writer.ts';
import type { TokenBuckets } from '../http/token-buckets.ts';
import type { ServerLimits } from '../limits.ts';
import type { Metrics } from '../metrics.ts';
import { Denied } from './denied.ts';
import { unitsOf } from './update-cost.ts';
import type { DocumentConnection } from './device-socket.ts';
import type { OpenDocument, Stored } from './open-document.ts';

const SYNC_STEP_1 = 0;
/** The empty update: no structs, no deletions. */
const EMPTY_UPDATE_BYTES = 2;
/** Writers named in one refusal; the schema's bound. */
const NAMED_WRITERS = 128;

export interface UpdateGateOptions {
  readonly limits: Pick<ServerLimits, 'askAgainMs' | 'gapsInARow' | 'updateUnitBytes'>;
  readonly updates: TokenBuckets;
  readonly syncRequests: TokenBuckets;
  readonly metrics: Metrics;
}

export class UpdateGate {
  readonly #options: UpdateGateOptions;
  readonly #connection: DocumentConnection;
  readonly #open: OpenDocument;
  /** Changes with the person's rights. */
  mayWrite: boolean;
  #gapsInARow = 0;
  #askTimer: NodeJS.Timeout | undefined;

  constructor(options: UpdateGateOptions, connection: DocumentConnection, open: OpenDocument, mayWrite: boolean) {
    this.#options = options;
    this.#connection = connection;
    this.#open = open;
    this.mayWrite = mayWrite;
  }

  /** One sync message of the client; `payload` is a view of what Hocuspocus reads next. */
  take(type: number, payload: Uint8Array): void {
    const account = String(this.#connection.context.socket.admission.account);
    if (type === SYNC_STEP_1) {
      if (this.#options.syncRequests.take(account, 1 + unitsOf(payload, this.#options.limits)) > 0)
        throw new Denied('busy');
      // Asked before the close, answered after it: nothing more is told then.
      if (!this.#open.document.hasConnection(this.#connection)) throw new Denied('not-found');
      return;
    }
    if (payload.length < EMPTY_UPDATE_BYTES) throw new Denied('malformed');
    const waitMs = this.#options.updates.take(account);
    if (waitMs > 0) this.#refuseForNow('busy', waitMs);
    else this.#judge(payload);
    payload.fill(0);
  }

  close(): void {
    clearTimeout(this.#askTimer);
  }

  #judge(payload: Uint8Array): void {
    const { metrics } = this.#options;
    const sender: Sender = { account: this.#connection.context.socket.admission.account, mayWrite: this.mayWrite };
    const submission = this.#open.submit(payload, sender);
    switch (submission.kind) {
      case 'busy':
      case 'storage-failed':
        return this.#refuseForNow(submission.kind, this.#options.limits.askAgainMs);
      case 'refused':
        if (submission.code === 'gap') return this.#answerGap(submission.writers);
        return this.#refuse(submission.code, submission.detail, submission.writers);
      case 'known':
      case 'storing': {
        const { foreign, deletions, gaps, runs } = submission.verdict;
        if (foreign > 0) metrics.dropped.inc({ what: 'foreign' }, foreign);
        if (deletions > 0) metrics.dropped.inc({ what: 'deletions' }, deletions);
        if (gaps.length > 0) this.#answerGap(gaps);
        else this.#gapsInARow = 0;
        if (submission.kind === 'known') return;
        // Only what is new: a device that begins its backlog anew gets further each time.
        this.#options.updates.charge(String(sender.account), unitsOf(submission.verdict.update, this.#options.limits));
        const writers = runs.map((run) => run.writer);
        void submission.stored.then((stored) => this.#answerStored(stored, writers));
      }
    }
  }

  #answerStored(stored: Stored, writers: readonly Writer[]): void {
    switch (stored.kind) {
      case 'stored':
        return;
      case 'clock':
        // An earlier update of this writer failed; what is missing comes with the answer.
        return this.#answerGap([stored.writer]);
      case 'storage-full':
      case 'storage-failed':
        return this.#refuseForNow(stored.kind, this.#options.limits.askAgainMs, writers);
    }
  }

  /** Clocks are missing, which the client's answer to a state vector heals; a client that never heals is told so in the end. */
  #answerGap(writers: readonly Writer[]): void {
    this.#gapsInARow += 1;
    if (this.#gapsInARow <= this.#options.limits.gapsInARow) return this.#askForEverything();
    this.#gapsInARow = 0;
    this.#refuse('gap', 'clocks are missing', writers);
  }

  #refuse(code: string, detail: string, writers: readonly Writer[]): void {
    this.#options.metrics.refusals.inc({ code });
    const named = writers.slice(0, NAMED_WRITERS);
    this.#connection.sendStateless(
      encodeStateless({ kind: 'refused', code, detail: detail.slice(0, 200), writers: named }),
    );
  }

  /** Says so, and asks for everything again when it may have passed. */
  #refuseForNow(code: string, delayMs: number, writers: readonly Writer[] = []): void {
    if (this.#askTimer !== undefined) return;
    this.#refuse(code, 'for now', writers);
    this.#askTimer = setTimeout(() => {
      this.#askTimer = undefined;
      this.#askForEverything();
    }, delayMs);
  }

  #askForEverything(): void {
    if (!this.#open.document.hasConnection(this.#connection)) return;
    const message = new OutgoingMessage(this.#connection.messageAddress)
      .createSyncMessage()
      .writeFirstSyncStepFor(this.#open.document);
    this.#connection.send(message.toUint8Array());
  }
}
