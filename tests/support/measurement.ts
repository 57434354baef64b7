/**
 * The runner of `npm run bench -- NAME` and `npm run prove -- NAME`: finds NAME.ts, runs it within a hard limit of time and prints,
 * as the very last line, one line of JSON: `{name, pass, ...figures}`.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';

export type Figure = number | string | boolean | null | readonly Figure[] | { readonly [name: string]: Figure };

/** What a bench or a proof found; units stand in the names of the figures (`openMs`, `storedBytes`). */
export interface Measurement {
  readonly name: string;
  readonly pass: boolean;
  readonly figures: Readonly<Record<string, Figure>>;
}

/** Waits for what has been printed to leave the process; a pipe would lose it at exit. */
const print = (line: string): Promise<void> =>
  new Promise((resolve) => process.stdout.write(`${line}\n`, () => resolve()));

function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not finished after ${limitMs / 60_000} minutes`)), limitMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/**
 * Runs `<folder>/<name>.ts` by its `export async function <verb>()` and ends the process: 0 when it passes, 1 when not, 2 when there is no
 * such name. A throw and the time limit count as not passed.
 */
export async function runMeasurement(
  verb: 'bench' | 'prove',
  folder: string,
  name: string | undefined,
  limitMs: number,
): Promise<never> {
  const names = readdirSync(folder)
    .filter(
      (file) =>
        file.endsWith('.ts') && readFileSync(join(folder, file), 'utf8').includes(`export async function ${verb}(`),
    )
    .map((file) => basename(file, '.ts'));
  if (name === undefined || !names.includes(name)) {
    console.error(`Usage: npm run ${verb} -- NAME, where NAME is one of: ${names.join(', ')}`);
    process.exit(2);
  }
  const result = await within(limitMs, measure(verb, join(folder, `${name}.ts`))).catch(
    (error: unknown): Measurement => {
      console.error(error);
      return { name, pass: false, figures: { error: error instanceof Error ? error.message : String(error) } };
    },
  );
  await print(JSON.stringify({ name: result.name, pass: result.pass, ...result.figures }));
  process.exit(result.pass ? 0 : 1);
}

async function measure(verb: string, file: string): Promise<Measurement> {
  const module: unknown = await import(pathToFileURL(file).href);
  const run: unknown = typeof module === 'object' && module !== null ? Reflect.get(module, verb) : undefined;
  if (typeof run !== 'function') throw new Error(`${basename(file)} exports no function ${verb}`);
  const result: unknown = await Reflect.apply(run, undefined, []);
  if (!isMeasurement(result)) throw new Error(`${basename(file)} did not return {name, pass, figures}`);
  return result;
}

function isMeasurement(value: unknown): value is Measurement {
  if (typeof value !== 'object' || value === null) return false;
  if (!('name' in value && 'pass' in value && 'figures' in value)) return false;
  return typeof value.name === 'string' && typeof value.pass === 'boolean' && typeof value.figures === 'object';
}
