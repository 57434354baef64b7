/** Bundles a module for the proofs' pages, as the product's build would: minified, one script, no server needed. */
import { build } from 'vite';

/** Source of a classic script that runs `entry` (absolute path); what it exposes, it puts on `globalThis` itself. */
export async function bundlePage(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2024',
      modulePreload: false,
      lib: { entry, formats: ['iife'], name: 'page', fileName: 'page' },
    },
  });
  for (const output of Array.isArray(result) ? result : [result]) {
    if ('output' in output) return output.output[0].code;
  }
  throw new Error('the bundler wrote nothing');
}
