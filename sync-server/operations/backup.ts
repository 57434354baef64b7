/** `npm run backup -- <folder>`: copies a running installation into a new folder. */
import { resolve } from 'node:path';
import { takeBackup } from './backup/take-backup.ts';
import { runOperation } from './backup/run-operation.ts';

runOperation('npm run backup -- <folder that does not exist yet>', (folder, { dataDir }) => {
  const target = resolve(folder);
  const { files } = takeBackup({ dataDir, target, nowMs: Date.now });
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  return [
    `Backup of ${dataDir} in ${target}: ${files.map(({ name }) => name).join(', ')}, ${sizeBytes} bytes, checked.`,
  ];
});
