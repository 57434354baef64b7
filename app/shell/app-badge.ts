/** The number on the installed app's icon, where the system has such a thing. */
export function showBadge(count: number): void {
  if (!('setAppBadge' in navigator)) return;
  // A browser that knows it may still refuse, e.g. when the app is not installed; the number stands in the page all the same.
  const done = count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge();
  void done.catch(() => undefined);
}
