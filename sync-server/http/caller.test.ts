import { BlockList } from 'node:net';
import { describe, expect, test } from 'vitest';
import { callerAddress, isOwnOrigin } from './caller.ts';

const proxies = new BlockList();
proxies.addAddress('127.0.0.1');
proxies.addSubnet('10.0.0.0', 8);

describe('where a request comes from', () => {
  test('[SV48] X-Forwarded-For is believed from trusted proxies only, from right to left', () => {
    expect(callerAddress('203.0.113.9', '198.51.100.1', undefined)).toBe('203.0.113.9');
    expect(callerAddress('203.0.113.9', '198.51.100.1', proxies)).toBe('203.0.113.9');
    expect(callerAddress('127.0.0.1', '198.51.100.1', proxies)).toBe('198.51.100.1');
    expect(callerAddress('::ffff:127.0.0.1', '6.6.6.6, 198.51.100.1, 10.1.2.3', proxies)).toBe('198.51.100.1');
    expect(callerAddress('127.0.0.1', 'nonsense', proxies)).toBe('127.0.0.1');
    expect(callerAddress('127.0.0.1', undefined, proxies)).toBe('127.0.0.1');
  });

  test('[SV46] an own origin has the host that was asked, or is PUBLIC_URL when that is set', () => {
    const from = (origin: string | undefined, fetchSite?: string) => ({ origin, host: 'chat.example.de', fetchSite });
    expect(isOwnOrigin(from('https://chat.example.de'), undefined)).toBe(true);
    expect(isOwnOrigin(from('https://evil.test'), undefined)).toBe(false);
    expect(isOwnOrigin(from('null'), undefined)).toBe(false);
    expect(isOwnOrigin(from('http://chat.example.de'), 'https://chat.example.de')).toBe(false);
    expect(isOwnOrigin(from('https://chat.example.de'), 'https://chat.example.de')).toBe(true);
  });

  test('[SV46] a browser that hides the origin is told from a program by Sec-Fetch-Site', () => {
    const from = (fetchSite: string | undefined) => ({ origin: undefined, host: 'chat.example.de', fetchSite });
    expect(isOwnOrigin(from(undefined), undefined)).toBe(true);
    expect(isOwnOrigin(from('same-origin'), undefined)).toBe(true);
    expect(isOwnOrigin(from('cross-site'), undefined)).toBe(false);
    expect(isOwnOrigin(from('same-site'), undefined)).toBe(false);
  });
});
