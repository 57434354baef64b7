import { mkdir, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { ERROR_BODY } from '../../crdt/model/protocol/http.ts';
import { createDataDir, openInstallation, removeDataDir, request, type Installation } from '../support/installation.ts';

describe('serving the app and watching the server', () => {
  let appDir: string;
  let at: Installation;

  beforeAll(async () => {
    appDir = await createDataDir();
    await mkdir(join(appDir, 'assets'));
    await writeFile(join(appDir, 'index.html'), '<!doctype html><title>Hausfunk</title>');
    await writeFile(join(appDir, 'assets', 'main-abc123.js'), `console.log('${'hello '.repeat(500)}');`);
    await writeFile(join(appDir, 'service-worker.js'), 'self.skipWaiting');
    at = await openInstallation({ environment: { APP_DIR: appDir } });
  });
  afterAll(async () => {
    await at.close();
    await removeDataDir(appDir);
  });

  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${at.url}${path}`, { headers });

  test('[SV90] every page address answers with the shell, which is always asked about', async () => {
    for (const path of ['/', '/chats/p-2-3', '/settings/devices']) {
      const response = await get(path, { accept: 'text/html,*/*' });
      expect(response.status, path).toBe(200);
      expect(await response.text()).toContain('<title>Hausfunk');
      expect(response.headers.get('cache-control')).toBe('no-cache');
    }
    for (const path of ['/assets/missing.js', '/missing.png', '/api/nothing', '/..%2f..%2fpackage.json']) {
      expect((await get(path, { accept: '*/*' })).status, path).toBe(404);
    }
  });

  test('[SV90] hashed files are kept for ever, the worker is not, and text is compressed', async () => {
    const asset = await get('/assets/main-abc123.js', { 'accept-encoding': 'br' });
    expect(asset.headers.get('cache-control')).toContain('immutable');
    expect(asset.headers.get('content-encoding')).toBe('br');
    expect(await asset.text()).toContain('hello hello');
    expect((await get('/service-worker.js')).headers.get('cache-control')).toBe('no-cache');
    const etag = asset.headers.get('etag') ?? '';
    expect((await get('/assets/main-abc123.js', { 'if-none-match': etag })).status).toBe(304);
  });

  test('[SV91] answers carry a strict policy, an id, and nothing about the machine', async () => {
    for (const path of ['/', '/api/status', '/api/session']) {
      const { headers } = await get(path);
      expect(headers.get('content-security-policy'), path).toContain("default-src 'none'");
      expect(headers.get('content-security-policy'), path).not.toContain('unsafe');
      expect(headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(headers.get('x-request-id'), path).toBeTruthy();
      expect(headers.get('strict-transport-security')).toBeNull();
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });

  test.each([
    ['a host that is none', { host: 'no host' }, '/api/status'],
    ['a host that is something else', { host: 'a@b' }, '/'],
    ['an address that is none', {}, '/\\\\'],
  ])('[SV47] [SV91] %s is refused like anything else that is wrong', async (_, headers, path) => {
    const answer = await new Promise<{ status: number | undefined; headers: IncomingHttpHeaders; body: string }>(
      (resolve, reject) => {
        const asked = httpRequest(at.url, { path, headers }, (response) => {
          let body = '';
          response.setEncoding('utf8').on('data', (part: string) => (body += part));
          response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
        });
        asked.on('error', reject).end();
      },
    );
    expect(answer.status).toBe(400);
    expect(v.parse(ERROR_BODY, JSON.parse(answer.body)).code).toBe('invalid');
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(answer.headers['x-request-id']).toBeTruthy();
    expect((await get('/health')).status).toBe(200);
  });

  test('[SV92] alive, ready, and metrics for this machine alone', async () => {
    expect((await request(at, '/health')).body).toEqual({ status: 'alive' });
    expect((await request(at, '/ready')).body).toEqual({ status: 'ready' });
    const metrics = await (await get('/metrics')).text();
    for (const name of [
      'hausfunk_appends_total',
      'hausfunk_sockets',
      'hausfunk_log_commits',
      'hausfunk_documents',
      'hausfunk_nodejs_eventloop_lag',
    ]) {
      expect(metrics).toContain(name);
    }
    expect((await get('/metrics', { 'x-forwarded-for': '203.0.113.1' })).status).toBe(404);
  });
});

test('[SV92] with a token, metrics go to who has it and to nobody else', async () => {
  const at = await openInstallation({
    environment: { METRICS_TOKEN: 'a-long-enough-token', PUBLIC_URL: 'https://chat.test' },
  });
  try {
    const get = (authorization?: string) =>
      fetch(`${at.url}/metrics`, { headers: authorization === undefined ? {} : { authorization } });
    expect((await get()).status).toBe(404);
    expect((await get('Bearer wrong')).status).toBe(404);
    const allowed = await get('Bearer a-long-enough-token');
    expect(allowed.status).toBe(200);
    expect(allowed.headers.get('strict-transport-security')).toContain('max-age');
  } finally {
    await at.close();
  }
});

test('[SV93] the log is JSON and holds neither texts nor addresses of people', async () => {
  const lines: string[] = [];
  const at = await openInstallation({ environment: { LOG_LEVEL: 'debug' }, writeLog: (line) => lines.push(line) });
  try {
    await request(at, '/api/auth/sign-in/email', {
      json: { email: 'private@example.test', password: 'secret password' },
    });
    await request(at, '/api/invitations/secret-token-secret');
  } finally {
    await at.close();
  }
  const events = lines.map((line) => JSON.parse(line) as { readonly event: string });
  expect(events.map(({ event }) => event)).toEqual(expect.arrayContaining(['started', 'set-up', 'request', 'stopped']));
  for (const secret of ['private@example', at.administrator.email, 'secret', at.administrator.cookie]) {
    expect(lines.join('')).not.toContain(secret);
  }
});

test('[SV47] [SV93] a body that breaks off is nothing to report to the operator', async () => {
  const lines: string[] = [];
  const at = await openInstallation({ environment: { LOG_LEVEL: 'debug' }, writeLog: (line) => lines.push(line) });
  try {
    const headers = { origin: at.publicUrl, 'content-type': 'application/json', 'content-length': '100' };
    const asked = httpRequest(`${at.url}/api/auth/sign-in/email`, { method: 'POST', headers });
    asked.on('error', () => undefined);
    await new Promise<void>((resolve) => asked.write('{"ema', () => resolve()));
    // A request of its own, so that the server has seen the beginning.
    await request(at, '/api/status');
    asked.destroy();
    const broken = () => lines.find((line) => line.includes('sign-in') && line.includes('"status"'));
    await expect.poll(broken, { timeout: 10_000 }).toContain('"status":400');
    expect(lines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  } finally {
    await at.close();
  }
});
