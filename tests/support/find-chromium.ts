/** The step of `npm test` that makes sure of a Chromium, so that no test has to wait for its installation. */
import { chromiumPath } from './chromium.ts';

try {
  console.log(chromiumPath());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
