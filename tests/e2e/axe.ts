import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright';

const SOURCE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** Narrower windows show one thing after the other. */
const WIDE_PX = 900;

/** All rules, or those alone of which the answer depends on the theme. */
type Rules = 'everything' | 'colours';

/** What breaks the rules of accessibility on what is shown now, one line each; none is what one wants. */
export async function axeViolations(page: Page, rules: Rules = 'everything'): Promise<readonly string[]> {
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(SOURCE);
  const everything = {
    // Of what is good one element of each rule is named, which says that it was looked at; naming all takes longer than looking.
    resultTypes: ['violations'],
    rules: {
      // On a phone the list is the whole page, and it is a navigation.
      'landmark-one-main': { enabled: (page.viewportSize()?.width ?? 0) >= WIDE_PX },
      // Menus stand beside the page, as their pattern wants it.
      region: { enabled: (await page.getByRole('menu').count()) === 0 },
    },
  };
  const options =
    rules === 'everything'
      ? everything
      : { ...everything, runOnly: ['color-contrast', 'link-in-text-block'], rules: {} };
  const { passes, violations } = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`);
  if (passes.length === 0) throw new Error('axe looked at nothing');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
  );
}
