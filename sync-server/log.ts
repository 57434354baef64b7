/** Logs: one JSON object a line. Never a text of a message, an e-mail address, a token or a cookie. */
export type LogLevel = 'debug' | 'info' | 'error';
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  /** `cause` is logged with its stack: errors are bugs or a failing machine, not what people did. */
  error(event: string, cause: unknown, fields?: LogFields): void;
}

const RANK = { debug: 0, info: 1, error: 2, silent: 3 } as const;

/** A log that writes lines of at least `level` to `write`. */
export function createLog(level: LogLevel | 'silent', nowMs: () => number, write: (line: string) => void): Log {
  const put = (at: LogLevel, event: string, fields: LogFields): void => {
    if (RANK[at] < RANK[level]) return;
    write(`${JSON.stringify({ time: new Date(nowMs()).toISOString(), level: at, event, ...fields })}\n`);
  };
  return {
    debug: (event, fields = {}) => put('debug', event, fields),
    info: (event, fields = {}) => put('info', event, fields),
    error: (event, cause, fields = {}) =>
      put('error', event, {
        ...fields,
        cause: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
      }),
  };
}
