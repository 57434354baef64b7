/** Whether the browser has deleted the copy on this device (A7): found at the start, said until the person has read it. */
import { createSignal } from 'solid-js';

const [evicted, setEvicted] = createSignal(false);

/** The copy was fetched anew; what had not been sent from this device may be lost. */
export { evicted };
export const noticeEviction = (): void => void setEvicted(true);
export const dismissEviction = (): void => void setEvicted(false);
