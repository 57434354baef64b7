/** The page as people get it. */
import { join, resolve } from 'node:path';
import { build } from 'vite';

const ROOT = join(import.meta.dirname, '../..');

/** Builds page and worker as `npm run build` does; returns their folder, for APP_DIR. */
export async function buildPage(): Promise<string> {
  await build({ configFile: join(ROOT, 'vite.config.ts'), logLevel: 'warn' });
  // As vite.config.ts has it.
  return resolve(process.env['APP_DIR'] ?? join(ROOT, 'dist'));
}
