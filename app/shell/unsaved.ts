/** What must be written down before the page may go: drafts that are still in an input. */
type Save = () => Promise<void>;

const pending = new Set<Save>();

/** Registers until the returned function is called. */
export function keepBeforeLeaving(save: Save): () => void {
  pending.add(save);
  return () => pending.delete(save);
}

/** Resolves when everything registered is durable, or has failed and said so where it stands. */
export async function saveEverything(): Promise<void> {
  await Promise.allSettled([...pending].map(async (save) => save()));
}
