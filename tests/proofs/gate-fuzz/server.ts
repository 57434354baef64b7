/**
 * The smallest server around gate and ledger: a document, a stored log, appends that wait for their commit or fail. A real one takes
 * its place by the same four verbs.
 */
import * as Y from 'yjs';
import { chatVocabulary } from '../../../crdt/model/chat/vocabulary.ts';
import { ARRIVALS_ROOT, encodeAppend, encodeErasure, type ClockRange } from '../../../crdt/model/log/append.ts';
import { gate } from '../../../crdt/model/log/gate.ts';
import { DocumentLedger, type Reservation } from '../../../crdt/model/log/ledger.ts';
import type { Run, Sender, Verdict } from '../../../crdt/model/log/verdict.ts';
import { makeWriter, SERVER_ACCOUNT, type Writer } from '../../../crdt/model/log/writer.ts';

interface Waiting {
  readonly update: Uint8Array;
  readonly runs: readonly Run[];
  readonly reservation: Reservation;
}

export class FuzzServer {
  readonly doc = new Y.Doc();
  readonly ledger = new DocumentLedger(this.doc);
  readonly stored: Uint8Array[] = [];
  readonly arrivalsWriter: Writer;
  #waiting: Waiting[] = [];
  #arrivals = 0;
  /** Longest time that the gate took for one update. */
  slowestMs = 0;

  /** `epoch` tells the server's writers before and after a restore apart. */
  constructor(epoch = 1, stored: readonly Uint8Array[] = []) {
    this.arrivalsWriter = makeWriter(SERVER_ACCOUNT, epoch);
    for (const update of stored) this.#store(update);
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Judges an update; what is accepted is reserved and waits. */
  receive(update: Uint8Array, sender: Sender): Verdict {
    const before = performance.now();
    const verdict = gate(update, this.ledger, sender, chatVocabulary);
    this.slowestMs = Math.max(this.slowestMs, performance.now() - before);
    if (verdict.kind === 'accepted' && verdict.update !== undefined) {
      const reservation = this.ledger.reserve(verdict.runs);
      this.#waiting.push({ update: verdict.update, runs: verdict.runs, reservation });
    }
    return verdict;
  }

  /** The oldest append is stored. */
  commit(): void {
    const append = this.#waiting.shift();
    if (append === undefined) return;
    for (const { writer, from } of append.runs) {
      if (from !== Y.getState(this.doc.store, writer)) throw new Error('the store would not take this clock');
    }
    const arrivals = append.runs.map((run) => [run.writer, run.to, 1]);
    const arrival = encodeAppend(ARRIVALS_ROOT, this.arrivalsWriter, this.#arrivals, arrivals);
    this.#arrivals += arrivals.length;
    this.doc.transact(() => {
      this.#store(append.update);
      this.#store(arrival);
    });
    this.ledger.commit(append.reservation);
  }

  /** The oldest append fails; returns the runs that are void. */
  fail(): readonly Run[] {
    const append = this.#waiting[0];
    if (append === undefined) return [];
    const released = new Set(this.ledger.release(append.reservation));
    this.#waiting = this.#waiting.filter(({ reservation }) => !released.has(reservation));
    return [...released].flatMap(({ runs }) => runs);
  }

  /** Erases clocks that are stored. */
  erase(ranges: readonly ClockRange[]): void {
    this.#store(encodeErasure(ranges));
  }

  #store(update: Uint8Array): void {
    this.stored.push(update);
    Y.applyUpdate(this.doc, update);
  }
}
