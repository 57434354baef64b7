/** A way as the bench sees it: a process that is asked one thing after another. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { answers, type Answer, type Question } from './questions.ts';

export type WayName = 'phrase index' | 'plain scan' | 'block scan' | 'plain MiniSearch' | 'SQLite FTS5';

/** Plain MiniSearch takes the most, with a million messages. */
const MAX_HEAP_MB = 4_000;

export class RunningWay {
  readonly name: WayName;
  readonly #child: ChildProcess;
  readonly #gone: Promise<unknown>;

  /** Who starts it ends it. */
  constructor(name: WayName) {
    this.name = name;
    this.#child = fork(fileURLToPath(new URL('way-process.ts', import.meta.url)), [name], {
      execArgv: ['--expose-gc', `--max-old-space-size=${MAX_HEAP_MB}`, '--disable-warning=ExperimentalWarning'],
      serialization: 'advanced',
    });
    this.#gone = once(this.#child, 'exit');
  }

  build = (file: string, typed: string, limit: number): Promise<Answer<'build'>> =>
    this.#ask({ kind: 'build', file, typed, limit }, answers.build);

  settle = (): Promise<Answer<'settle'>> => this.#ask({ kind: 'settle' }, answers.settle);

  search = (typed: string, match: 'word-start' | 'inside', limit: number): Promise<Answer<'search'>> =>
    this.#ask({ kind: 'search', typed, match, limit }, answers.search);

  narrows = (typed: string): Promise<boolean> => this.#ask({ kind: 'narrows', typed }, answers.narrows);

  async end(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#gone;
  }

  async #ask<Schema extends v.GenericSchema>(question: Question, schema: Schema): Promise<v.InferOutput<Schema>> {
    const answered = once(this.#child, 'message');
    this.#child.send(question);
    const [answer]: unknown[] = await Promise.race([
      answered,
      this.#gone.then((): never => {
        throw new Error(`${this.name} ended`);
      }),
    ]);
    return v.parse(schema, answer);
  }
}
