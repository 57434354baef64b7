import { mkdtempSync, readdirSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runCommand } from '../support/command.ts';
import { cookieOf, request, sessionOf } from '../support/installation.ts';

test('the demo says who can sign in and how, lets them, and leaves nothing behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hausfunk-demo-test-'));
  const demo = runCommand('sync-server/operations/demo.ts', [], { PORT: '0', TMPDIR: folder });
  onTestFinished(() => {
    demo.kill('SIGKILL');
    rmdirSync(folder);
  });

  const [, url = ''] = await demo.waitFor(/running at (http:\S+)/);
  const [, password = ''] = await demo.waitFor(/password (\S+)/);
  await demo.waitFor(/Ctrl\+C/);
  const addresses = [...demo.printed().matchAll(/^ {4}(\S+@\S+\.example)/gm)].map(([, address = '']) => address);
  expect(addresses).toHaveLength(8);
  expect(readdirSync(folder)).toHaveLength(1);

  const at = { url, publicUrl: url };
  const answer = await request(at, '/api/auth/sign-in/email', { json: { email: addresses[0], password } });
  expect(answer.status).toBe(200);
  expect(await sessionOf(at, cookieOf(answer))).toMatchObject({ company: 1, person: { admin: true, active: true } });

  demo.kill('SIGTERM');
  expect(await demo.ended).toBe(0);
  expect(readdirSync(folder)).toEqual([]);
});
