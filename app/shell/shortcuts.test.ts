import { createRoot } from 'solid-js';
import { expect, test } from 'vitest';
import { actionOf, actOn, onShortcut, SHORTCUTS, type Action } from './shortcuts.ts';

interface Press {
  readonly key: string;
  readonly mod?: 'Control' | 'Meta';
  readonly alt?: boolean;
  readonly shift?: boolean;
}

const press = ({ key, mod, alt = false, shift = false }: Press, mac = false, typing = false): Action | undefined =>
  actionOf({ key, ctrlKey: mod === 'Control', metaKey: mod === 'Meta', altKey: alt, shiftKey: shift }, { mac, typing });

test('[A4] Control is Control on most keyboards and Command on a Mac, and never the other', () => {
  expect(press({ key: 'k', mod: 'Control' })).toBe('search');
  expect(press({ key: 'K', mod: 'Control' })).toBe('search');
  expect(press({ key: 'k', mod: 'Meta' })).toBeUndefined();
  expect(press({ key: 'k', mod: 'Meta' }, true)).toBe('search');
  expect(press({ key: 'k', mod: 'Control' }, true)).toBeUndefined();
});

test('[A4] a combination with one key more is another one', () => {
  expect(press({ key: 'k', mod: 'Control', shift: true })).toBeUndefined();
  expect(press({ key: 'k', mod: 'Control', alt: true })).toBeUndefined();
  expect(press({ key: 'ArrowUp' })).toBeUndefined();
  expect(press({ key: 'ArrowUp', alt: true })).toBe('previousChat');
  expect(press({ key: 'ArrowDown', alt: true, shift: true })).toBeUndefined();
});

test('[A4] where a sign stands on the keyboard does not matter; to who is typing it is a sign', () => {
  expect(press({ key: '?', shift: true })).toBe('help');
  expect(press({ key: '?' })).toBe('help');
  expect(press({ key: '?', shift: true }, false, true)).toBeUndefined();
  expect(press({ key: '/', mod: 'Control', shift: true }, false, true)).toBe('help');
  expect(press({ key: 'Escape' }, false, true)).toBe('close');
});

test('[A4] the latest to come acts first, passes on what is not its own, and is not asked when it has gone', () => {
  const asked: string[] = [];
  const below = onShortcut('close', () => asked.push('below'));
  const leave = createRoot((dispose) => {
    onShortcut('close', () => {
      asked.push('above');
      return asked.length > 1;
    });
    return dispose;
  });
  expect(actOn('close')).toBe(true);
  expect(asked).toEqual(['above', 'below']);
  expect(actOn('close')).toBe(true);
  expect(asked).toEqual(['above', 'below', 'above']);
  leave();
  actOn('close');
  expect(asked).toEqual(['above', 'below', 'above', 'below']);
  below();
  expect(actOn('close')).toBe(false);
});

test('[A4] no two entries of the table ask for the same key in the same place', () => {
  const keys = SHORTCUTS.flatMap(({ place, keys: combinations }) =>
    combinations.map((combination) => `${place} ${JSON.stringify(combination)}`),
  );
  expect(new Set(keys).size).toBe(keys.length);
});
