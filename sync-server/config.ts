/** The installation's configuration: environment variables, parsed once, all problems reported at once. */
import { BlockList, isIP } from 'node:net';
import { resolve } from 'node:path';
import * as v from 'valibot';

export interface Config {
  /** Address that the server listens on; undefined: all of the machine's. */
  readonly host: string | undefined;
  /** 0 takes any free port. */
  readonly port: number;
  /** Absolute path of the folder that holds everything. */
  readonly dataDir: string;
  /** Absolute path of the built app; served when it exists. */
  readonly appDir: string;
  /** Origin under which people reach the installation, without a trailing slash; undefined: the host they ask for. */
  readonly publicUrl: string | undefined;
  /** Proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies: BlockList | undefined;
  /** Bearer token for /metrics from elsewhere than this machine. */
  readonly metricsToken: string | undefined;
  readonly logLevel: 'debug' | 'info' | 'error' | 'silent';
  /** Overrides of page sizes, for tests and benches. */
  readonly pageEntries: number | undefined;
  readonly pageWriters: number | undefined;
}

/** Whether people reach the installation over https: cookies then travel over nothing else. */
export const isHttps = ({ publicUrl }: Pick<Config, 'publicUrl'>): boolean => publicUrl?.startsWith('https:') === true;

const wholeNumber = (name: string, least: number, most: number) =>
  v.pipe(
    v.string(),
    v.regex(/^\d{1,9}$/u, `${name} must be a whole number`),
    v.transform(Number),
    v.minValue(least, `${name} must be at least ${least}`),
    v.maxValue(most, `${name} must be at most ${most}`),
  );

function publicOrigin(value: string): string | undefined {
  if (!URL.canParse(value)) return undefined;
  const url = new URL(value);
  const plain =
    url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' && url.password === '';
  return plain && (url.protocol === 'https:' || url.protocol === 'http:') ? url.origin : undefined;
}

function proxyList(value: string): BlockList | undefined {
  const list = new BlockList();
  for (const item of value.split(',').map((part) => part.trim())) {
    const [address = '', bits, more] = item.split('/');
    const version = isIP(address);
    if (version === 0 || more !== undefined) return undefined;
    const family = version === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) {
      list.addAddress(address, family);
      continue;
    }
    if (!/^\d{1,3}$/u.test(bits) || Number(bits) > (version === 6 ? 128 : 32)) return undefined;
    list.addSubnet(address, Number(bits), family);
  }
  return list;
}

const Environment = v.object({
  HOST: v.optional(v.string()),
  PORT: v.optional(wholeNumber('PORT', 0, 65_535), '8080'),
  DATA_DIR: v.optional(v.string(), 'data'),
  APP_DIR: v.optional(v.string(), 'dist'),
  PUBLIC_URL: v.optional(
    v.pipe(
      v.string(),
      v.check(
        (value) => publicOrigin(value) !== undefined,
        'PUBLIC_URL must be an address like https://chat.example.de, without a path',
      ),
      v.transform(publicOrigin),
    ),
  ),
  TRUSTED_PROXY: v.optional(
    v.pipe(
      v.string(),
      v.check(
        (value) => proxyList(value) !== undefined,
        'TRUSTED_PROXY must be addresses or networks like 127.0.0.1,10.0.0.0/8',
      ),
      v.transform(proxyList),
    ),
  ),
  METRICS_TOKEN: v.optional(v.pipe(v.string(), v.minLength(16, 'METRICS_TOKEN must have at least 16 characters'))),
  LOG_LEVEL: v.optional(
    v.picklist(['debug', 'info', 'error', 'silent'], 'LOG_LEVEL must be debug, info, error or silent'),
    'info',
  ),
  PAGE_ENTRIES: v.optional(wholeNumber('PAGE_ENTRIES', 1, 100_000)),
  PAGE_WRITERS: v.optional(wholeNumber('PAGE_WRITERS', 1, 5_000)),
});

export type ConfigOutcome =
  | { readonly kind: 'ok'; readonly config: Config }
  /** Every problem, each a sentence for the operator. */
  | { readonly kind: 'wrong'; readonly problems: readonly string[] };

/** Reads the configuration from environment variables; empty variables count as not set. Paths are relative to `directory`. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  directory: string,
): ConfigOutcome {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = v.safeParse(Environment, given);
  if (!parsed.success) return { kind: 'wrong', problems: parsed.issues.map((issue) => issue.message) };
  const values = parsed.output;
  return {
    kind: 'ok',
    config: {
      host: values.HOST,
      port: values.PORT,
      dataDir: resolve(directory, values.DATA_DIR),
      appDir: resolve(directory, values.APP_DIR),
      publicUrl: values.PUBLIC_URL,
      trustedProxies: values.TRUSTED_PROXY,
      metricsToken: values.METRICS_TOKEN,
      logLevel: values.LOG_LEVEL,
      pageEntries: values.PAGE_ENTRIES,
      pageWriters: values.PAGE_WRITERS,
    },
  };
}
