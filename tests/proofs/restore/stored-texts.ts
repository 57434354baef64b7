/** Looks for texts in the bytes of the living data files, whatever their format. What a restore has moved aside is not looked at. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The texts that stand somewhere in the files of the folder itself, each with the file's name. */
export function storedTexts(dataDir: string, texts: readonly string[]): string[] {
  const files = readdirSync(dataDir, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => ({ name, content: readFileSync(join(dataDir, name)) }));
  return texts.flatMap((text) => {
    const bytes = Buffer.from(text);
    const found = files.find(({ content }) => content.includes(bytes));
    return found === undefined ? [] : [`${found.name}: ${text}`];
  });
}
