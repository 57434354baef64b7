/** The page as people get it. */
import { join } from 'node:path';
import { build } from 'vite';

const ROOT = join(import.meta.dirname, '../..');

/** Builds page and worker as `npm run build` does; returns their folder, for APP_DIR. */
export async function buildPage(): Promise<string> {
  await build({ configFile: join(ROOT, 'vite.config.ts'), logLevel: 'warn' });
  return join(ROOT, 'dist');
}
