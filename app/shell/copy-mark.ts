/**
 * A cookie that says what this browser held, for when the browser has deleted localStorage and IndexedDB: cookies are not part of
 * that. Scripts can read it and it opens nothing; the session is another cookie. It holds
 * - the namespace of the copy that was open last: without a copy now, the browser has deleted it;
 * - or that the person has left: the session may still have to be ended, and nobody is signed in until it is.
 */
const NAME = 'hausfunk-copy';
const LEFT = 'left';
/** Browsers keep a cookie for 400 days at most (Safari one that a script has set for 7); it is set anew at every start. */
const KEPT_SECONDS = 400 * 24 * 60 * 60;

function write(value: string, seconds: number): void {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `${NAME}=${encodeURIComponent(value)}; Path=/; Max-Age=${seconds}; SameSite=Lax${secure}`;
}

function read(): string | undefined {
  const pairs = document.cookie.split('; ').map((pair) => pair.split('='));
  const value = pairs.find(([name]) => name === NAME)?.[1];
  return value === undefined || value === '' ? undefined : decodeURIComponent(value);
}

export const markCopy = (namespace: string): void => write(namespace, KEPT_SECONDS);
export const markLeft = (): void => write(LEFT, KEPT_SECONDS);
export const unmark = (): void => write('', 0);

/** The namespace of the copy that this browser held. */
export function markedCopy(): string | undefined {
  const value = read();
  return value === LEFT ? undefined : value;
}
export const isMarkedLeft = (): boolean => read() === LEFT;
