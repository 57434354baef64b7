/**
 * The composer stays above a touch keyboard. Most browsers make the page smaller for it (`interactive-widget` in index.html); Safari
 * on iOS lays the keyboard over the page, and only the visual viewport knows. `--frame-height` is what is really in view.
 */

/** Less than any keyboard, more than the bars of a browser that come and go. */
const KEYBOARD_PX = 120;

/** For as long as the page. */
export function stayAboveKeyboard(): void {
  const viewport = window.visualViewport;
  if (viewport === null) return;
  viewport.addEventListener('resize', () => {
    const { style } = document.documentElement;
    // Somebody who has zoomed in sees less of the page, which stays as it is.
    const covered = viewport.scale === 1 && window.innerHeight - viewport.height > KEYBOARD_PX;
    if (covered) style.setProperty('--frame-height', `${viewport.height}px`);
    else style.removeProperty('--frame-height');
    // Safari has moved the page up to show the input.
    if (covered) window.scrollTo(0, 0);
  });
}
