import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runCommand, type RunningCommand } from '../support/command.ts';
import { request } from '../support/installation.ts';

const START = 'sync-server/operations/start.mjs';

function start(env: Readonly<Record<string, string>>): RunningCommand {
  const command = runCommand(START, [], { HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'error', ...env });
  onTestFinished(() => command.kill('SIGKILL'));
  return command;
}

function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hausfunk-start-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('npm start serves the page, prints its address and the one-time code, and ends gracefully', async () => {
  const server = start({ DATA_DIR: dataFolder() });
  const [, url = ''] = await server.waitFor(/running at (http:\S+)/);
  await server.waitFor(/one-time code: \S{4}-\S{4}-\S{4}$/m);

  const page = await fetch(url, { headers: { accept: 'text/html' } });
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text())?.[1] ?? '';
  expect((await fetch(url + script)).headers.get('content-type')).toContain('javascript');
  expect(await request({ url, publicUrl: url }, '/api/status')).toMatchObject({ status: 200, body: { kind: 'setup' } });

  server.kill('SIGTERM');
  expect(await server.ended).toBe(0);
});
