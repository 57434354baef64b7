import { onCleanup } from 'solid-js';

/** What stands at the foot of the screen and must not be covered: toasts rise above it, however high it grows. */
export function standAtFoot(element: Element): void {
  const { style } = document.documentElement;
  const sizes = new ResizeObserver(([entry]) => {
    const [box] = entry?.borderBoxSize ?? [];
    if (box !== undefined) style.setProperty('--foot', `${Math.ceil(box.blockSize)}px`);
  });
  sizes.observe(element, { box: 'border-box' });
  onCleanup(() => {
    sizes.disconnect();
    style.removeProperty('--foot');
  });
}
