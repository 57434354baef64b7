/** The page's title: what is unread, what is in view, and whose page it is; the most telling first, as tabs cut off the rest. */
export const pageTitle = (product: string, screen: string | undefined, unread: number): string =>
  `${unread > 0 ? `(${unread > 999 ? '999+' : unread}) ` : ''}${screen === undefined ? '' : `${screen} · `}${product}`;
