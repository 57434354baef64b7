import { wipeDevice, type WipeOutcome } from '../../crdt/replica/wipe.ts';

/** Deletes a person's copy from this device; to be called when its house is closed. */
export const wipeCopy = (namespace: string): Promise<WipeOutcome> => wipeDevice(namespace);
