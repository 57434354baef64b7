/** What a backup consists of, so that a restore can tell that it is whole. */
import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as v from 'valibot';
import { formatVersion } from '../../storage/sqlite/migrations.ts';
import { readText } from '../../storage/sqlite/row.ts';
import { flush, isDataFile, OperationRefused, type DataFile } from './data-files.ts';

const MANIFEST_FILE = 'manifest.json';
/** Version of the manifest itself. */
const MANIFEST_FORMAT = 1;

const Manifest = v.object({
  format: v.literal(MANIFEST_FORMAT),
  /** Version of the program that made the backup. */
  program: v.string(),
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
  files: v.pipe(
    v.array(
      v.object({
        name: v.custom<DataFile>(isDataFile),
        formatVersion: v.number(),
        sizeBytes: v.number(),
        sha256: v.string(),
      }),
    ),
    v.minLength(1),
  ),
});

export type Manifest = v.InferOutput<typeof Manifest>;
type ManifestFile = Manifest['files'][number];

const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** Checks a database file that nobody has open from end to end, and describes it. */
export function describeFile(folder: string, name: DataFile): ManifestFile {
  const path = join(folder, name);
  const sql = new DatabaseSync(path, { readOnly: true });
  try {
    const verdict = readText(sql.prepare('PRAGMA integrity_check(1)').get(), 'integrity_check');
    if (verdict !== 'ok') throw new OperationRefused(`${path} is damaged: ${verdict}`);
    return { name, formatVersion: formatVersion(sql), sizeBytes: statSync(path).size, sha256: hashOf(path) };
  } finally {
    sql.close();
  }
}

export function writeManifest(folder: string, nowMs: number, files: readonly ManifestFile[]): Manifest {
  const { version } = v.parse(
    v.object({ version: v.string() }),
    JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')),
  );
  const createdAt = new Date(nowMs).toISOString();
  const manifest: Manifest = { format: MANIFEST_FORMAT, program: version, createdAt, files: [...files] };
  writeFileSync(join(folder, MANIFEST_FILE), `${JSON.stringify(manifest, undefined, 2)}\n`, { flush: true });
  flush(folder);
  return manifest;
}

/** Reads the manifest and compares every file with it; refuses a folder that is no backup, or not a whole one. */
export function checkBackup(folder: string): Manifest {
  let text: string;
  try {
    text = readFileSync(join(folder, MANIFEST_FILE), 'utf8');
  } catch (error) {
    throw new OperationRefused(`${folder} is not a backup: it has no ${MANIFEST_FILE}`, error);
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new OperationRefused(`${MANIFEST_FILE} in ${folder} is damaged`, error);
  }
  const manifest = v.safeParse(Manifest, parsed);
  if (!manifest.success) throw new OperationRefused(`${MANIFEST_FILE} in ${folder} is damaged, or of a newer version`);
  for (const { name, sha256 } of manifest.output.files) {
    let found: string;
    try {
      found = hashOf(join(folder, name));
    } catch (error) {
      throw new OperationRefused(`the backup lacks ${name}`, error);
    }
    if (found !== sha256)
      throw new OperationRefused(`${name} in the backup is not as it was written: the backup is damaged`);
  }
  return manifest.output;
}
