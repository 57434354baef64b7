/**
 * Pages bound what a chat costs: Yjs pays for every writer at every update, and a device opens only what it shows. When a page has
 * reached a limit, the server opens the next one and says so in the first page's facts and in the participants' inboxes. Nothing
 * moves: late entries stay in the page that their writer knew.
 */
export interface PageLimits {
  /** Entries, erased ones included. */
  readonly entries: number;
  /** Writers: a busy day of a large room. */
  readonly writers: number;
}

export const PAGE_LIMITS: PageLimits = { entries: 2_000, writers: 500 };

/** True when the server opens the next page after this one. */
export const isPageFull = (page: PageLimits, limits: PageLimits = PAGE_LIMITS): boolean =>
  page.entries >= limits.entries || page.writers >= limits.writers;

/**
 * The page that an entry is written to: that of its target, or the latest for a new message. `latest` is the latest page that the
 * device knows of; a target that it doesn't hold can only be older, so it goes to the latest, too.
 */
export const pageForEntry = (latest: number, target: { readonly page: number } | undefined): number =>
  target === undefined ? latest : target.page;
