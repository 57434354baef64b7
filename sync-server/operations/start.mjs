/**
 * What `npm start` and `npm run demo` run. Plain JavaScript that any Node since 20 reads, because it is also the place that says
 * which Node is missing. On Linux npm finds Node 24 in node_modules/.bin, whatever the system's own is.
 */
import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const root = fileURLToPath(new URL('../..', import.meta.url));

/** What the built page depends on. */
const SOURCES = ['app', 'sw', 'crdt', 'public', 'package-lock.json', 'vite.config.ts'];

/** @param {string} path */
const changedMs = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs;

function pageIsBuilt() {
  // The worker is the last file that a build writes.
  const builtMs = changedMs(`${root}/dist/service-worker.js`);
  if (builtMs === undefined) return false;
  return SOURCES.every((source) => {
    const path = `${root}/${source}`;
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return true;
    const files = stats.isDirectory() ? readdirSync(path, { recursive: true, encoding: 'utf8' }) : [''];
    return files.every((file) => (changedMs(`${path}/${file}`) ?? 0) <= builtMs);
  });
}

async function start() {
  const [major] = process.versions.node.split('.');
  if (Number(major) < NEEDED) {
    console.error(
      `Hausfunk needs Node ${NEEDED} or newer; this is ${process.versions.node}. Please install it from nodejs.org and start again.`,
    );
    process.exit(1);
  }
  if (!pageIsBuilt()) {
    console.log('Building the page …');
    const { build } = await import('vite').catch(() => {
      console.error('The page is not built, and what builds it is not installed: run `npm ci`, without --omit=dev.');
      process.exit(1);
    });
    await build({ configFile: `${root}/vite.config.ts`, logLevel: 'warn' });
  }
  await import(process.argv[2] === 'demo' ? './demo.ts' : '../main.ts');
}

await start();
