/** Programs that tests drive: what is on the PATH, else Debian's, installed where that is possible. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Installing takes about a minute; a package mirror that hangs must not hang the tests. */
const INSTALL_TIMEOUT_MS = 240_000;

export const isRoot = process.getuid?.() === 0;

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function onPath(names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function install(packages: readonly string[]): void {
  const aptGet = '/usr/bin/apt-get';
  if (!isRoot || !isExecutable(aptGet)) return;
  const run = (...args: string[]): boolean =>
    spawnSync(aptGet, args, {
      stdio: 'ignore',
      timeout: INSTALL_TIMEOUT_MS,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  console.log(`Installing ${packages.join(', ')} …`);
  const wanted = ['install', '--yes', '--no-install-recommends', ...packages];
  if (!run(...wanted) && run('update')) run(...wanted);
}

/** Path of the first of these programs that is here, after an attempt to install the packages; undefined when there is none. */
export function installedProgram(names: readonly string[], packages: readonly string[]): string | undefined {
  const found = onPath(names);
  if (found !== undefined) return found;
  install(packages);
  return onPath(names);
}
