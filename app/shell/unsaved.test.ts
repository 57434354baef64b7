import { expect, test } from 'vitest';
import { keepBeforeLeaving, saveEverything } from './unsaved.ts';

test('[A5 A8] one text that can not be saved keeps no other from being saved', async () => {
  const saved: string[] = [];
  const forget = keepBeforeLeaving(() => {
    throw new DOMException('the quota is used up', 'QuotaExceededError');
  });
  const forgetOther = keepBeforeLeaving(async () => void saved.push('draft'));
  await saveEverything();
  expect(saved).toEqual(['draft']);
  forget();
  forgetOther();
});
