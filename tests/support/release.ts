/** Versions of the built app that are yet to come. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface ReleasedApp {
  /** A copy of the built app, for a server to give out. */
  readonly folder: string;
  /** A new version, as a build would bring it: another page, and a worker that lists it under another revision. */
  release(version: string): Promise<void>;
  remove(): Promise<void>;
}

export async function copyApp(builtApp: string): Promise<ReleasedApp> {
  const folder = await mkdtemp(join(tmpdir(), 'hausfunk-app-'));
  await cp(builtApp, folder, { recursive: true });
  return {
    folder,
    async release(version) {
      const page = join(folder, 'index.html');
      const meta = `<meta name="version" content="${version}"></head>`;
      await writeFile(page, (await readFile(page, 'utf8')).replace('</head>', meta));
      const worker = join(folder, 'service-worker.js');
      const source = await readFile(worker, 'utf8');
      const changed = source.replace(/(\/index\.html[`"'],revision:[`"'])[^`"']+/, `$1${version}`);
      if (changed === source) throw new Error('The worker does not list the page.');
      await writeFile(worker, changed);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
