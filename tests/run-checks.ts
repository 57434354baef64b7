/**
 * `npm test`: everything that must hold, in order of cost. A section without tests of its own that fails
 * ends it; after failed tests the other sections still say what else is wrong. The last line counts them all: each test is one, and
 * so is each section without tests of its own.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import * as v from 'valibot';

interface Section {
  readonly title: string;
  readonly command: readonly [string, ...string[]];
  /** Vitest writes its numbers to a file; other tools pass or fail as one. */
  readonly countsTests: boolean;
}

interface Count {
  readonly passed: number;
  readonly failed: number;
  /** What failed and why, for the last lines: who sees only the end of a long output reads it there. */
  readonly failures: readonly string[];
}

/** What vitest reports, as far as it is told here. */
const reportSchema = v.object({
  numPassedTests: v.number(),
  numFailedTests: v.number(),
  testResults: v.array(
    v.object({
      name: v.string(),
      message: v.string(),
      assertionResults: v.array(
        v.object({ fullName: v.string(), status: v.string(), failureMessages: v.nullish(v.array(v.string()), []) }),
      ),
    }),
  ),
});

/** Of a failure: its message and the first places of its stack. */
const FAILURE_LINES = 12;

/** Three quarters more than the longest section, the one in browsers, takes on two cores. */
const SECTION_TIMEOUT_MS = 17 * 60_000;

const root = join(import.meta.dirname, '..');
const reports = join(root, '.cache', 'checks');

const check = (title: string, ...command: readonly [string, ...string[]]): Section => ({
  title,
  command,
  countsTests: false,
});

const tests = (title: string, ...projects: readonly string[]): Section => ({
  title,
  command: ['vitest', 'run', ...projects.flatMap((project) => ['--project', project])],
  countsTests: true,
});

const STATIC: readonly Section[] = [
  check('format', 'oxfmt', '--check'),
  check('lint', 'oxlint'),
  ...['crdt/model', 'crdt/replica', 'sync-server', 'app', 'sw', 'tests'].map((zone) =>
    check(`types: ${zone}`, 'tsc', '-p', zone),
  ),
  check('dead code', 'knip'),
  tests('architecture', 'architecture'),
];

const RUNNING: readonly Section[] = [
  check('browsers to test with', 'node', 'tests/support/find-browsers.ts'),
  tests('unit, property and contract tests', 'unit', 'app'),
  check('build', 'vite', 'build', '--logLevel', 'warn'),
  tests('integration tests', 'integration'),
  tests('end-to-end tests in Chromium', 'e2e'),
];

function failuresOf(report: v.InferOutput<typeof reportSchema>): string[] {
  return report.testResults.flatMap(({ name, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    // A file that cannot be loaded fails without a failed test.
    const told = failed.map(({ fullName, failureMessages }) => [fullName, ...failureMessages].join('\n'));
    if (message !== '') told.push(message);
    return told.map((text) => `${file}: ${text.split('\n').slice(0, FAILURE_LINES).join('\n    ')}`);
  });
}

function reportedCount(file: string, exitCode: number | null): Count {
  try {
    const report = v.parse(reportSchema, JSON.parse(readFileSync(file, 'utf8')));
    const failed = exitCode === 0 ? report.numFailedTests : Math.max(1, report.numFailedTests);
    return { passed: report.numPassedTests, failed, failures: failuresOf(report) };
  } catch {
    return { passed: 0, failed: 1, failures: ['The runner itself failed.'] };
  }
}

function run(section: Section, index: number): Count {
  console.log(`\n=== ${section.title}`);
  const report = join(reports, `${index}.json`);
  const [program, ...args] = section.command;
  const reporting = section.countsTests ? ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`] : [];
  const path = program === 'node' ? process.execPath : join(root, 'node_modules', '.bin', program);
  const { status, error } = spawnSync(path, [...args, ...reporting], {
    cwd: root,
    stdio: 'inherit',
    timeout: SECTION_TIMEOUT_MS,
  });
  if (error !== undefined) console.error(error.message);
  if (section.countsTests) return reportedCount(report, status);
  return status === 0 ? { passed: 1, failed: 0, failures: [] } : { passed: 0, failed: 1, failures: [] };
}

function main(): number {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const sections = process.argv[2] === 'static' ? STATIC : [...STATIC, ...RUNNING];
  const [summary, failures]: [string[], string[]] = [[], []];
  let passed = 0;
  let failed = 0;
  for (const [index, section] of sections.entries()) {
    const startedMs = performance.now();
    const count = run(section, index);
    passed += count.passed;
    failed += count.failed;
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    summary.push(
      `${count.failed === 0 ? 'ok    ' : 'FAILED'} ${section.title}: ${count.passed} passed, ${count.failed} failed, ${seconds} s`,
    );
    failures.push(...count.failures);
    if (count.failed > 0 && !section.countsTests) break;
  }
  if (failures.length > 0) console.log(`\n${failures.join('\n\n')}`);
  console.log(`\n${summary.join('\n')}\n\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = main();
