/** What the operator can watch; served at /metrics. One registry per server, so that tests can run several. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  readonly registry: Registry;
  readonly appends: Counter;
  readonly entries: Counter;
  readonly appendSeconds: Histogram;
  readonly refusals: Counter<'code'>;
  readonly dropped: Counter<'what'>;
  readonly requests: Counter<'status'>;
  readonly upgradesRefused: Counter<'code'>;
  readonly signInFailures: Counter;
  readonly sockets: Gauge;
  readonly documents: Gauge;
  readonly bumps: Counter;
  readonly compactions: Counter;
}

/** Gauges ask `now` when they are read. */
export function createMetrics(now: { readonly sockets: () => number; readonly documents: () => number }): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'hausfunk_' });
  return {
    registry,
    appends: new Counter({ name: 'hausfunk_appends_total', help: 'Updates stored durably', registers }),
    entries: new Counter({ name: 'hausfunk_entries_total', help: 'Entries stored durably', registers }),
    appendSeconds: new Histogram({
      name: 'hausfunk_append_seconds',
      help: 'From the gate to the end of the commit',
      buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2],
      registers,
    }),
    refusals: new Counter({
      name: 'hausfunk_refusals_total',
      help: 'Updates refused, by code',
      labelNames: ['code'],
      registers,
    }),
    dropped: new Counter({
      name: 'hausfunk_dropped_total',
      help: "Clocks of other people's writers and deletions that clients sent and nobody applied",
      labelNames: ['what'],
      registers,
    }),
    requests: new Counter({ name: 'hausfunk_requests_total', help: 'HTTP answers', labelNames: ['status'], registers }),
    upgradesRefused: new Counter({
      name: 'hausfunk_upgrades_refused_total',
      help: 'WebSocket upgrades refused, by code',
      labelNames: ['code'],
      registers,
    }),
    signInFailures: new Counter({
      name: 'hausfunk_sign_in_failures_total',
      help: 'Wrong e-mail or password',
      registers,
    }),
    sockets: new Gauge({
      name: 'hausfunk_sockets',
      help: 'Open WebSockets',
      registers,
      collect() {
        this.set(now.sockets());
      },
    }),
    documents: new Gauge({
      name: 'hausfunk_documents',
      help: 'Documents in memory',
      registers,
      collect() {
        this.set(now.documents());
      },
    }),
    bumps: new Counter({ name: 'hausfunk_bumps_total', help: 'Bump frames sent', registers }),
    compactions: new Counter({ name: 'hausfunk_compactions_total', help: 'Documents compacted', registers }),
  };
}
