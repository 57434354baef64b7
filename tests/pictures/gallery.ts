/** The design system on a page of its own, built and served: to be looked at, and for its tests. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';
import solid from 'vite-plugin-solid';

export interface ServedGallery {
  readonly url: string;
  close(): Promise<void>;
}

export async function openGallery(): Promise<ServedGallery> {
  const root = join(import.meta.dirname, 'gallery');
  const outDir = mkdtempSync(join(tmpdir(), 'hausfunk-gallery-'));
  const config = { configFile: false as const, root, logLevel: 'error' as const, plugins: [solid()] };
  await build({ ...config, build: { outDir, target: 'es2022' } });
  const server = await preview({ ...config, build: { outDir }, preview: { host: '127.0.0.1', port: 0 } });
  const [url] = server.resolvedUrls?.local ?? [];
  if (url === undefined) throw new Error('The gallery could not be served.');
  return {
    url,
    async close() {
      await server.close();
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}
