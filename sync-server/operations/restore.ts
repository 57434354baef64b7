/** `npm run restore -- <backup folder>`: puts a backup in the place of the installation's data. The server must not run. */
import { getRandomValues } from 'node:crypto';
import { resolve } from 'node:path';
import { restoreBackup } from './backup/restore-backup.ts';
import { runOperation } from './backup/run-operation.ts';

const random32 = (): number => getRandomValues(new Uint32Array(1))[0] ?? 0;

runOperation('npm run restore -- <backup folder>', (folder, { dataDir }) => {
  const restored = restoreBackup({ backup: resolve(folder), dataDir, nowMs: Date.now, random32 });
  return [
    `Restored the backup of ${restored.manifest.createdAt} into ${dataDir}.`,
    restored.aside === undefined ? 'There was no data before.' : `The data before is in ${restored.aside}.`,
    `Deletions known there are carried out again in ${restored.erasedDocuments} documents.`,
    ...restored.warnings.map((warning) => `Warning: ${warning}`),
    'Devices return their own later messages when they connect.',
  ];
});
