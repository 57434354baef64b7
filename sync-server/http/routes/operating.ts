/** For the operator and what watches the server: alive, ready, metrics. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { isLoopback } from '../caller.ts';
import type { HttpContext, HttpEnvironment, Installation } from '../context.ts';
import { HttpRefusal } from '../refusal.ts';

export function operatingRoutes(at: Installation): Hono<HttpEnvironment> {
  const routes = new Hono<HttpEnvironment>();

  routes.get('/health', (c) => c.json({ status: 'alive' }));

  routes.get('/ready', async (c) => {
    if (at.isStopping()) throw new HttpRefusal('shutting-down');
    await at.store.sequence();
    return c.json({ status: 'ready' });
  });

  routes.get('/metrics', async (c) => {
    // Looks like nothing at all to everybody else.
    if (!mayWatch(c, at.config.metricsToken)) throw new HttpRefusal('not-found');
    return c.text(await at.metrics.registry.metrics(), 200, { 'content-type': at.metrics.registry.contentType });
  });

  return routes;
}

/** With the token from anywhere; without one from this machine, unless a proxy on it forwards somebody. */
function mayWatch(c: HttpContext, token: string | undefined): boolean {
  if (token !== undefined) {
    const digest = (text: string) => createHash('sha256').update(text).digest();
    return timingSafeEqual(digest(c.req.header('authorization') ?? ''), digest(`Bearer ${token}`));
  }
  const isForwarded = c.req.header('x-forwarded-for') !== undefined || c.req.header('forwarded') !== undefined;
  const remote = (c.env.incoming.socket.remoteAddress ?? '').replace('::ffff:', '');
  return !isForwarded && isLoopback(remote);
}
