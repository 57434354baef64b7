/** `npm run demo`: a throwaway installation with two companies that have been writing to each other for two years. */
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { SERVER_LIMITS } from '../limits.ts';
import { startServer } from '../server.ts';
import { openEmptyInstallation } from './demo/empty-installation.ts';
import { giveHabits } from './demo/habits.ts';
import { seededRandom } from './demo/random.ts';
import { tellStory, type Story } from './demo/story.ts';
import { writeStory } from './demo/write-story.ts';

/** The same companies, people and messages at every start; only the times move along. */
const SEED = 2026;

/** Writes the story into an empty folder, as a server would have over two years. */
async function fill(dataDir: string, story: Story, password: string): Promise<void> {
  const random = seededRandom(SEED);
  const installation = await openEmptyInstallation(dataDir, random);
  try {
    const { staff, lastNumbers } = await writeStory(story, password, installation, SERVER_LIMITS.pageEntries);
    const untilMs = story.messages.at(-1)?.arrivedMs ?? 0;
    await giveHabits(staff, { ...installation, random, untilMs, lastNumbers });
    await installation.log.settled();
  } finally {
    await installation.close();
  }
}

function invitation(story: Story, password: string): string {
  const companies = story.companies.map(({ name, people }) => {
    const width = Math.max(...people.map(({ email }) => email.length));
    const lines = people.map(({ first, last, email, admin }) => {
      const role = admin ? ' (administrator)' : '';
      return `    ${email.padEnd(width)}  ${first} ${last}${role}`;
    });
    return [`  ${name}`, ...lines].join('\n');
  });
  return [
    `${story.messages.length} messages of two years. Sign in as one of these, each with the password ${password}`,
    ...companies,
    'Two browsers, or a private window, make two people. Ctrl+C ends the demo and removes everything.',
  ].join('\n\n');
}

async function demo(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hausfunk-demo-'));
  process.on('exit', () => rmSync(dataDir, { recursive: true, force: true }));

  // Only this machine, unless it is asked for: the password is on the screen.
  const outcome = readConfig(
    { HOST: '127.0.0.1', LOG_LEVEL: 'error', ...process.env, DATA_DIR: dataDir },
    process.cwd(),
  );
  if (outcome.kind === 'wrong') {
    console.error(outcome.problems.join('\n'));
    process.exit(1);
  }

  const password = `hausfunk-${randomInt(10_000, 100_000)}`;
  const story = tellStory(SEED, Date.now());
  console.log('Writing two years of messages …');
  await fill(dataDir, story, password);

  const server = await startServer({ config: outcome.config, onFailure: () => process.exit(1) });
  await server.projected();
  const stop = (): void => void server.stop().finally(() => process.exit(0));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stop);
  console.log(`\nHausfunk is running at ${outcome.config.publicUrl ?? `http://localhost:${server.port}`}\n`);
  console.log(invitation(story, password));
}

await demo();
