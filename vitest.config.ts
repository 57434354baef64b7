import solid from 'vite-plugin-solid';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The one test that goes through every screen: begun last, it would run on alone. */
const LONGEST = 'accessibility.test.ts';

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLongest = ({ moduleId }: TestSpecification): boolean => moduleId.endsWith(LONGEST);
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))];
  }
}

// Unit tests stand beside their source; what needs the whole server or a browser stands under tests/.
export default defineConfig({
  test: {
    pool: 'forks',
    // As many as the machines that run this have cores; in browsers, too, where half of the time is waiting.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // What is waited for comes in a moment, but a busy machine may take its time.
    expect: { poll: { timeout: 20_000 } },
    passWithNoTests: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'crdt/**/*.test.ts',
            'sync-server/**/*.test.ts',
            'sw/**/*.test.ts',
            'tests/support/**/*.test.ts',
            'tests/{bench,proofs}/**/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        plugins: [solid()],
        test: { name: 'app', environment: 'node', include: ['app/**/*.test.ts', 'app/**/*.test.tsx'] },
      },
      {
        extends: true,
        test: { name: 'architecture', include: ['tests/architecture/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts', 'tests/convergence/**/*.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          setupFiles: ['tests/e2e/pages-at-failure.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
