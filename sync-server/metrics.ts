/** What the operator can watch; served at /metrics. One registry per server, so that tests can run several. */
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';

export interface Metrics {
  readonly registry: Registry;
  readonly appends: Counter;
  readonly entries: Counter;
  readonly refusals: Counter<'code'>;
  readonly dropped: Counter<'what'>;
  readonly requests: Counter<'status'>;
  readonly upgradesRefused: Counter<'code'>;
  readonly signInFailures: Counter;
  readonly sockets: Gauge;
  readonly documents: Gauge;
  readonly commits: Gauge;
  readonly bumps: Counter;
  readonly compactions: Counter;
}

/** What is asked when the metrics are read. */
export interface Gauges {
  readonly sockets: () => number;
  readonly documents: () => number;
  /** Commits of the log since the start; each is one fsync. */
  readonly commits: () => Promise<number>;
}

export function createMetrics(now: Gauges): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'hausfunk_' });
  return {
    registry,
    appends: new Counter({ name: 'hausfunk_appends_total', help: 'Updates stored durably', registers }),
    entries: new Counter({ name: 'hausfunk_entries_total', help: 'Entries stored durably', registers }),
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
    commits: new Gauge({
      name: 'hausfunk_log_commits',
      help: 'Commits of the log since the start, one fsync each',
      registers,
      async collect() {
        this.set(await now.commits());
      },
    }),
    bumps: new Counter({ name: 'hausfunk_bumps_total', help: 'Bump frames sent', registers }),
    compactions: new Counter({ name: 'hausfunk_compactions_total', help: 'Documents compacted', registers }),
  };
}
