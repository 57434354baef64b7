import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, defineConfig, type Plugin } from 'vite';
import solid from 'vite-plugin-solid';
import { startAsScript } from './start-as-script.ts';

const folder = (path: string): string => join(import.meta.dirname, path);
/** The same setting as the server's, so that another folder can be built and served. */
const dist = resolve(process.env['APP_DIR'] ?? folder('dist'));

/** What the worker keeps for offline starts: everything but itself. Names with a hash in them are their own revision. */
function filesToPrecache(): { readonly url: string; readonly revision: string | null }[] {
  return globSync('**/*.{html,js,css,svg,png,webmanifest,woff2,json}', { cwd: dist })
    .filter((url) => url !== 'service-worker.js')
    .toSorted()
    .map((url) => {
      const hash = createHash('sha256').update(readFileSync(join(dist, url)));
      return { url: `/${url}`, revision: url.startsWith('assets/') ? null : hash.digest('base64url').slice(0, 16) };
    });
}

/** Builds sw/ into one file after the page, because it carries the list of the page's files. */
function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    async closeBundle() {
      await build({
        configFile: false,
        root: folder('sw'),
        publicDir: false,
        logLevel: 'warn',
        define: { 'self.__WB_MANIFEST': JSON.stringify(filesToPrecache()), 'process.env.NODE_ENV': '"production"' },
        build: {
          outDir: dist,
          emptyOutDir: false,
          target: 'es2022',
          modulePreload: false,
          lib: {
            entry: 'service-worker.ts',
            name: 'serviceWorker',
            formats: ['iife'],
            fileName: () => 'service-worker.js',
          },
        },
      });
    },
  };
}

/**
 * Our Content-Security-Policy allows no style that stands in the document (`style-src 'self'`), and emoji-picker-element writes a style
 * element and style attributes: the same by the object model, which is allowed.
 */
function emojiPickerWithoutInlineStyles(): Plugin {
  const changes = [
    [
      'this.shadowRoot.appendChild(style);',
      'const sheet = new CSSStyleSheet(); sheet.replaceSync(style.textContent); this.shadowRoot.adoptedStyleSheets = [sheet];',
    ],
    [
      'targetNode.setAttribute(attributeName, newValue);',
      "if (attributeName === 'style') targetNode.style.cssText = newValue; else targetNode.setAttribute(attributeName, newValue);",
    ],
  ] as const;
  return {
    name: 'emoji-picker-without-inline-styles',
    apply: 'build',
    transform(code, id) {
      if (!id.includes('/emoji-picker-element/picker.js')) return undefined;
      return changes.reduce((changed, [before, after]) => {
        if (!changed.includes(before)) throw new Error(`emoji-picker-element has no "${before}" any more`);
        return changed.replace(before, after);
      }, code);
    },
  };
}

export default defineConfig({
  root: folder('app'),
  publicDir: folder('public'),
  build: {
    outDir: dist,
    emptyOutDir: true,
    target: 'es2022',
    // What every start loads is one file: each further one is a way through the service worker, at every start.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] } } },
  },
  // `npx vite` beside a running server; Host stays that of the page, so its Origin is accepted.
  server: { proxy: { '/api': 'http://localhost:8080', '/sync': { target: 'ws://localhost:8080', ws: true } } },
  plugins: [solid(), emojiPickerWithoutInlineStyles(), startAsScript(), serviceWorker()],
});
