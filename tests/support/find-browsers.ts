/** The step of `npm test` that makes sure of the browsers, so that no test has to wait for their installation. Only Chromium is a must. */
import { chromiumPath } from './chromium.ts';
import { findFirefox, findWebKit } from './other-browsers.ts';

try {
  console.log(chromiumPath());
  console.log(findFirefox() ?? 'No Firefox: its smoke test is skipped.');
  console.log(findWebKit()?.driver ?? 'No WebKitGTK: its smoke test is skipped.');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
