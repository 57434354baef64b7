/** The frame of an operator's command with one folder as argument: prints lines, or one clear reason and exit code 1. */
import { readConfig, type Config } from '../../config.ts';
import { DataInUseError } from '../../storage/sqlite/data-lock.ts';
import { NewerDataError } from '../../storage/sqlite/migrations.ts';
import { OperationRefused } from './data-files.ts';

function refuse(lines: readonly string[]): void {
  for (const line of lines) console.error(line);
  process.exitCode = 1;
}

export function runOperation(usage: string, run: (folder: string, config: Config) => readonly string[]): void {
  const folders = process.argv.slice(2);
  const [folder] = folders;
  if (folder === undefined || folders.length > 1) {
    refuse([`Usage: ${usage}`]);
    return;
  }
  const outcome = readConfig(process.env, process.cwd());
  if (outcome.kind === 'wrong') {
    refuse(outcome.problems);
    return;
  }
  try {
    for (const line of run(folder, outcome.config)) console.log(line);
  } catch (error) {
    const expected =
      error instanceof OperationRefused || error instanceof DataInUseError || error instanceof NewerDataError;
    refuse([
      expected ? error.message : `Failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    ]);
  }
}
