/** Who calls, as far as the transport tells: address and origin. */
import { isIP, type BlockList } from 'node:net';

/** The address that a request comes from; X-Forwarded-For is believed from trusted proxies only, from right to left. */
export function callerAddress(
  remote: string | undefined,
  forwardedFor: string | undefined,
  trusted: BlockList | undefined,
): string {
  const hops = (forwardedFor ?? '').split(',').map((hop) => hop.trim());
  let address = plain(remote ?? '');
  while (trusted !== undefined && isTrusted(address, trusted)) {
    const hop = plain(hops.pop() ?? '');
    if (isIP(hop) === 0) break;
    address = hop;
  }
  return address;
}

/** IPv4 in IPv6 clothes is IPv4. */
const plain = (address: string): string => (address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address);

const isTrusted = (address: string, trusted: BlockList): boolean => {
  const version = isIP(address);
  return version !== 0 && trusted.check(address, version === 6 ? 'ipv6' : 'ipv4');
};

/** True for the loopback addresses. */
export const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');

/**
 * Whether a request that changes something may come from where it comes from. Browsers send Origin with these, and Sec-Fetch-Site;
 * programs that are no browsers send neither, and carry no cookies of somebody else.
 */
export function isOwnOrigin(
  headers: {
    readonly origin: string | undefined;
    readonly host: string | undefined;
    readonly fetchSite: string | undefined;
  },
  publicUrl: string | undefined,
): boolean {
  const { origin, host, fetchSite } = headers;
  if (origin === undefined) return fetchSite === undefined || fetchSite === 'same-origin' || fetchSite === 'none';
  if (publicUrl !== undefined) return origin === publicUrl;
  if (host === undefined || !URL.canParse(origin)) return false;
  return new URL(origin).host === host.toLowerCase();
}
