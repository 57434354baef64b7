import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright';

const SOURCE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/**
 * On a phone the list is the whole page, and it is a navigation. Menus stand beside the page, as their pattern wants it.
 */
const RULES = { 'landmark-one-main': { enabled: false }, region: { enabled: false } };

/** What breaks the rules of accessibility on what is shown now, one line each; none is what one wants. */
export async function axeViolations(
  page: Page,
  what: 'everything' | 'contrast' = 'everything',
): Promise<readonly string[]> {
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(SOURCE);
  const options = what === 'everything' ? { rules: RULES } : { runOnly: ['color-contrast'] };
  const { passes, violations } = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`);
  if (passes.length === 0) throw new Error('axe looked at nothing');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
  );
}
