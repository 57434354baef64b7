/**
 * Transactions and the end of a page. When a page of WebKit is left while a transaction is under way, that transaction can stay in the
 * browser's storage process for ever, and the database answers no page any more until the browser is closed (WebKitGTK 2.48: 7 of 16
 * navigations just after a sign-in; none when nothing was under way). So there a page that is left takes its transactions back and
 * begins no other; if it is shown again (from the back/forward cache) they are done then. Nobody was told that they are kept.
 */

const LEAVES_TRANSACTIONS = typeof navigator !== 'undefined' && (navigator.vendor ?? '').startsWith('Apple');

const underWay = new Set<IDBTransaction>();
const takenBack = new WeakSet<IDBTransaction>();
let away: Promise<void> | undefined;

if (LEAVES_TRANSACTIONS) {
  addEventListener('pagehide', () => {
    away = new Promise((resolve) => {
      addEventListener(
        'pageshow',
        () => {
          away = undefined;
          resolve();
        },
        { once: true },
      );
    });
    for (const transaction of underWay) {
      takenBack.add(transaction);
      try {
        transaction.abort();
      } catch {
        // It has just ended.
      }
    }
  });
}

/** Undefined unless the page has been left; resolves when it is shown again. */
export const whenShownAgain = (): Promise<void> | undefined => away;

/** From now on until it ends the transaction is taken back when the page is left. */
export function follow(transaction: IDBTransaction): void {
  if (!LEAVES_TRANSACTIONS) return;
  underWay.add(transaction);
  for (const end of ['complete', 'abort']) transaction.addEventListener(end, () => underWay.delete(transaction));
}

/** True when the transaction was taken back, so that it may be done again. */
export const wasTakenBack = (transaction: IDBTransaction): boolean => takenBack.has(transaction);
