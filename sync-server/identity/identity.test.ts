import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { tokenHashOf } from './identity.ts';

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');
const tokenIn = (cookie: string, https: boolean): string | undefined => tokenHashOf(new Headers({ cookie }), https);

test('[SV112] only the cookie that names the session says which device it is', () => {
  expect(tokenIn('theme=dark; hausfunk.session_token=own.signed', false)).toBe(hashOf('own'));
  expect(tokenIn('__Host-hausfunk.session_token=own.signed', true)).toBe(hashOf('own'));
  // Whoever answers for http or a neighbouring name can set the first two of these, and never the last.
  for (const planted of ['hausfunk.session_token=wiped.signed', '__Secure-hausfunk.session_token=wiped.signed']) {
    expect(tokenIn(planted, true)).toBeUndefined();
    expect(tokenIn(`${planted}; __Host-hausfunk.session_token=own.signed`, true)).toBe(hashOf('own'));
  }
  for (const other of ['xhausfunk.session_token=a.b', 'hausfunk.session_token=a', 'hausfunk.session_token=.b', 'a=b']) {
    expect(tokenIn(other, false)).toBeUndefined();
  }
});
