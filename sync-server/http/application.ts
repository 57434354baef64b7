/** The HTTP side: every request gets an id, a rate, an origin check, security headers and one line in the log. */
import { RequestError } from '@hono/node-server';
import { Hono } from 'hono';
import { routePath } from 'hono/route';
import { isHttps } from '../config.ts';
import { callerAddress, isOwnOrigin } from './caller.ts';
import type { HttpContext, HttpEnvironment, Installation } from './context.ts';
import { HttpRefusal } from './refusal.ts';
import { deviceRoutes } from './routes/devices.ts';
import { enteringRoutes } from './routes/entering.ts';
import { operatingRoutes } from './routes/operating.ts';
import { peopleRoutes } from './routes/people.ts';
import { pictureRoutes } from './routes/pictures.ts';
import { writingRoutes } from './routes/writing.ts';
import type { StaticFiles } from './static-files.ts';
import { TokenBuckets } from './token-buckets.ts';

const CONTENT_SECURITY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const CHANGING = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

export interface Application {
  readonly fetch: Hono<HttpEnvironment>['fetch'];
  /** Answers what could not be read as a request at all, such as one for a host that is none. */
  readonly refuseUnreadable: (error: unknown) => Response;
}

export function createApplication(at: Installation, staticFiles: StaticFiles): Application {
  const { config, limits, log, metrics, nowMs } = at;
  const perAddress = new TokenBuckets(limits.requestsPerAddress, limits.rememberedCallers, nowMs);
  const perPerson = new TokenBuckets(limits.requestsPerPerson, limits.rememberedCallers, nowMs);
  const updates = new TokenBuckets(limits.updates, limits.rememberedCallers, nowMs);
  const application = new Hono<HttpEnvironment>();

  application.use(async (c, next) => {
    const startedMs = nowMs();
    c.set('requestId', at.randomId());
    c.set('address', addressOf(c, at));
    c.set('account', undefined);
    await next();
    secure(c.res.headers, c.get('requestId'), isHttps(config));
    metrics.requests.inc({ status: String(c.res.status) });
    log.debug('request', {
      id: c.get('requestId'),
      method: c.req.method,
      // Not the path: it may hold a token.
      route: routePath(c),
      status: c.res.status,
      account: c.get('account'),
      durationMs: nowMs() - startedMs,
    });
  });

  application.use('/api/*', async (c, next) => {
    const waitMs = perAddress.take(c.get('address'));
    if (waitMs > 0) throw new HttpRefusal('rate', undefined, waitMs);
    const headers = {
      origin: c.req.header('origin'),
      host: c.req.header('host'),
      fetchSite: c.req.header('sec-fetch-site'),
    };
    if (CHANGING.has(c.req.method) && !isOwnOrigin(headers, config.publicUrl)) throw new HttpRefusal('origin');
    if (at.isStopping()) throw new HttpRefusal('shutting-down');
    c.header('cache-control', 'no-store');
    await next();
  });

  application.route('/', operatingRoutes(at));
  application.route('/api', enteringRoutes(at));
  application.route('/api', peopleRoutes(at, perPerson));
  application.route('/api', deviceRoutes(at, perPerson));
  application.route('/api', pictureRoutes(at, perPerson));
  application.route('/api', writingRoutes(at, perPerson, updates));
  application.get('*', async (c) => {
    if (c.req.path.startsWith('/api/')) throw new HttpRefusal('not-found');
    const response = await staticFiles(c.req.raw);
    if (response === undefined) throw new HttpRefusal('not-found');
    return response;
  });
  application.notFound(() => new HttpRefusal('not-found').response());
  application.onError((error, c) => {
    if (error instanceof HttpRefusal) return error.response();
    log.error('request-failed', error, { id: c.get('requestId'), route: routePath(c) });
    return new HttpRefusal('internal').response();
  });
  return {
    fetch: application.fetch,
    refuseUnreadable: (error) => {
      const id = at.randomId();
      const isTheirs = error instanceof RequestError;
      if (!isTheirs) log.error('request-failed', error, { id });
      const response = new HttpRefusal(isTheirs ? 'invalid' : 'internal').response();
      secure(response.headers, id, isHttps(config));
      metrics.requests.inc({ status: String(response.status) });
      return response;
    },
  };
}

function addressOf(c: HttpContext, at: Installation): string {
  return callerAddress(c.env.incoming.socket.remoteAddress, c.req.header('x-forwarded-for'), at.config.trustedProxies);
}

function secure(headers: Headers, requestId: string, isHttps: boolean): void {
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', CONTENT_SECURITY);
  headers.set('x-content-type-options', 'nosniff');
  headers.set('referrer-policy', 'same-origin');
  headers.set('cross-origin-opener-policy', 'same-origin');
  headers.set('cross-origin-resource-policy', 'same-origin');
  headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=()');
  headers.set('x-request-id', requestId);
  if (isHttps) headers.set('strict-transport-security', 'max-age=31536000');
}
