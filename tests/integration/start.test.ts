import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runProgram } from '../support/command.ts';
import { request } from '../support/installation.ts';

test('npm start serves the page, prints its address and the one-time code, and ends gracefully', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hausfunk-start-'));
  const server = runProgram('npm', ['start'], { HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'info' });
  onTestFinished(() => {
    server.kill('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true });
  });
  const [, url = ''] = await server.waitFor(/running at (http:\S+)/);
  await server.waitFor(/one-time code: \S{4}-\S{4}-\S{4}$/m);

  const page = await fetch(url, { headers: { accept: 'text/html' } });
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text())?.[1] ?? '';
  expect((await fetch(url + script)).headers.get('content-type')).toContain('javascript');
  expect(await request({ url, publicUrl: url }, '/api/status')).toMatchObject({ status: 200, body: { kind: 'setup' } });

  // npm passes the signal on to the server, which says so when it has finished.
  server.kill('SIGTERM');
  await server.ended;
  expect(server.printed()).toContain('"event":"stopped"');
});
