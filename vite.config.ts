import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import solid from 'vite-plugin-solid';

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: folder('app'),
  publicDir: folder('public'),
  build: { outDir: folder('dist'), emptyOutDir: true, target: 'es2022' },
  plugins: [
    solid(),
    VitePWA({
      strategies: 'injectManifest',
      // Becomes dist/service-worker.js with the list of files to precache in it.
      srcDir: folder('sw'),
      filename: 'service-worker.ts',
      // The page registers the worker itself, and its manifest is a file in public/.
      injectRegister: false,
      manifest: false,
      injectManifest: {
        rollupFormat: 'iife',
        target: 'es2022',
        globPatterns: ['**/*.{html,js,css,svg,png,webmanifest,woff2}'],
      },
    }),
  ],
});
