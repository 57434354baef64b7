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
  if (to?.isConnected === true) to.focus({ preventScroll: true });
}
