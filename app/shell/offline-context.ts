import { createContext, useContext, type Accessor } from 'solid-js';

export interface OfflineWords {
  /** The line has been down for two seconds. */
  readonly offline: Accessor<boolean>;
  /** The thin line's words while offline. */
  readonly line: Accessor<string | undefined>;
}

const OfflineContext = createContext<OfflineWords>({ offline: () => false, line: () => undefined });
export const OfflineProvider = OfflineContext.Provider;
export const useOffline = (): OfflineWords => useContext(OfflineContext);
