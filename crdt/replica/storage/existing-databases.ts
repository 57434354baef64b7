/** Names of the databases of this origin that begin so; undefined where the browser doesn't tell (Firefox before 126). */
export async function existingDatabases(prefix: string): Promise<string[] | undefined> {
  const { databases } = indexedDB as Partial<IDBFactory>;
  if (databases === undefined) return undefined;
  try {
    const all = await databases.call(indexedDB);
    return all.flatMap(({ name }) => (name?.startsWith(prefix) === true ? [name] : []));
  } catch {
    return undefined;
  }
}
