/** What a device is used with, as far as a browser tells. */

/** A mouse or the like comes first, and with it a keyboard: the focus in an input brings none up over the page. */
export const hasMouse = (): boolean => matchMedia('(pointer: fine)').matches;

/** A mouse or the like is there at all, so keys are worth a word. */
export const mayHaveKeys = (): boolean => matchMedia('(any-pointer: fine)').matches;
