/** Runs in the page from its first moment: when the right message is the first that is found. */

declare global {
  var answerMeter: {
    /** Resolves with the milliseconds since the navigation began. */
    readonly answered: Promise<number>;
  };
}

/** Serialised by Playwright, so it stands alone. A row shows a piece of its message, with an ellipsis where it is cut. */
export function installAnswerMeter(expected: string): void {
  const isRight = (shown: string): boolean => {
    const piece = shown.replaceAll('…', '').replaceAll(/\s+/gu, ' ').trim();
    return piece !== '' && expected.includes(piece);
  };
  const answered = new Promise<number>((resolve) => {
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
