/** Ends the server by SIGKILL at moments chosen by a seed: in the middle of everything, during compaction, and while it starts. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../support/random.ts';
import { beginTunedServer, type TunedServer, type Tuning } from '../../support/tuned-server.ts';

export interface Kills {
  running: number;
  compacting: number;
  starting: number;
}

export interface Killer {
  readonly kills: Kills;
  /** The server that lives now. */
  readonly server: TunedServer;
  /** Kills the server once (or, while it starts again, several times) and starts it for good. */
  strike(): Promise<void>;
}

/** A start takes about this long; killing within it hits every part of it. */
const START_MS = 700;
const COMPACTION_PATIENCE_MS = 3_000;

export function createKiller(first: TunedServer, tuning: Omit<Tuning, 'port'>, random: Random): Killer {
  const kills: Kills = { running: 0, compacting: 0, starting: 0 };
  let server = first;

  async function strike(): Promise<void> {
    const way = random.pick(['running', 'compacting', 'starting'] as const);
    if (way === 'compacting') {
      const isCompacting = await server.compacting(COMPACTION_PATIENCE_MS);
      await server.kill();
      kills[isCompacting ? 'compacting' : 'running'] += 1;
    } else {
      await server.kill();
      kills.running += 1;
    }
    for (let again = way === 'starting' ? random.integer(1, 2) : 0; again > 0; again -= 1) {
      const starting = beginTunedServer({ ...tuning, port: server.port });
      await pause(random.unit() * START_MS);
      await starting.kill();
      kills.starting += 1;
    }
    server = await beginTunedServer({ ...tuning, port: server.port }).started;
  }

  return {
    kills,
    get server() {
      return server;
    },
    strike,
  };
}
