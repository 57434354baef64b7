let menuCameFrom: HTMLElement | undefined;

const active = (): HTMLElement | undefined =>
  document.activeElement instanceof HTMLElement ? document.activeElement : undefined;

/**
 * Where the focus is to go when what opens now is closed. What a menu opens goes back to where the menu was opened, for its item is
 * gone by then.
 */
export function placeToComeBackTo(): HTMLElement | undefined {
  const from = active();
  return from?.closest('[role="menu"]') === null ? from : menuCameFrom;
}

/** As above, for a menu. */
export function placeMenuCameFrom(): HTMLElement | undefined {
  menuCameFrom = placeToComeBackTo();
  return menuCameFrom;
}

/** To be called when an overlay closes; leaves the focus alone where somebody has already taken it elsewhere. */
export function comeBack(event: Event, to: HTMLElement | undefined): void {
  if (event.defaultPrevented) return;
  event.preventDefault();
  if (hasOpenedMeanwhile(event.target, to)) return;
  if (to?.isConnected === true) to.focus({ preventScroll: true });
}

/**
 * This is told a moment after the closing: a menu that was opened meanwhile would close if it lost the focus. What had opened before
 * holds the place to come back to.
 */
function hasOpenedMeanwhile(closed: EventTarget | null, to: HTMLElement | undefined): boolean {
  const overlay = active()?.closest('[role="menu"], [role="dialog"], [role="alertdialog"]') ?? closed;
  return overlay instanceof Element && overlay !== closed && !overlay.contains(to ?? null);
}
