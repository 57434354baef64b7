/** Runs in the page from its first moment: when the right message is the first that is found. */

declare global {
  var answerMeter: {
    /** Resolves with the milliseconds since the navigation began. */
    readonly answered: Promise<number>;
  };
}

/** Serialised by Playwright, so it stands alone. A row shows a piece of its message, with an ellipsis where it is cut. */
export function installAnswerMeter([expected, withinMs]: readonly [readonly string[], number]): void {
  const plain = (text: string): string => text.replaceAll('…', ' ').replaceAll(/\s+/gu, ' ').trim();
  const isRight = (shown: string): boolean =>
    plain(shown) !== '' && expected.some((text) => plain(text).includes(plain(shown)));
  const answered = new Promise<number>((resolve, reject) => {
    setTimeout(() => {
      const shown = document.querySelector('.search-results-box')?.textContent ?? 'nothing';
      reject(new Error(`not "${expected.join('" or "')}" but ${shown.slice(0, 300)}`));
    }, withinMs);
    const look = new MutationObserver(() => {
      const row = document.querySelector('.search-results-box .found-text');
      if (row === null || !isRight(row.textContent)) return;
      look.disconnect();
      // What follows a frame comes after it was drawn.
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
    });
    look.observe(document, { subtree: true, childList: true, characterData: true });
  });
  globalThis.answerMeter = { answered };
}
