import { expect, test } from 'vitest';
import { isSetupCode, makeSetupCode } from './setup-code.ts';

test('[SV40] the code can be read out and typed carelessly, and nothing else opens', () => {
  const code = makeSetupCode(new Uint8Array([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 255]));
  expect(code).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/u);
  expect(isSetupCode(` ${code.toLowerCase().replaceAll('-', ' ')} `, code)).toBe(true);
  for (const wrong of ['', '-', code.slice(0, -1), `${code}2`, code.replace(/.$/u, '0')]) {
    expect(isSetupCode(wrong, code), wrong).toBe(false);
  }
});
