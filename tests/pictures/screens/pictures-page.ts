import { readdir } from 'node:fs/promises';

/** A page that shows all pictures of a folder, one screen a line: narrow beside wide, light over dark. */
export async function picturesPage(folder: string): Promise<string> {
  const screens = new Map<string, string[]>();
  for (const file of (await readdir(folder)).toSorted()) {
    const [, name] = /^(.+)-(?:narrow|wide)-(?:de|en)-(?:light|dark)\.png$/.exec(file) ?? [];
    if (name !== undefined) screens.set(name, [...(screens.get(name) ?? []), file]);
  }
  const rows = [...screens].map(
    ([name, files]) =>
      `<h2>${name}</h2><div>${files.map((file) => `<a href="${file}"><img src="${file}" alt="${file}" loading="lazy"></a>`).join('')}</div>`,
  );
  return `<!doctype html>
<meta charset="utf-8">
<title>Screens</title>
<style>body { font-family: system-ui } div { display: flex; flex-wrap: wrap; gap: 8px } img { height: 420px; border: 1px solid #888 }</style>
${rows.join('\n')}
`;
}
