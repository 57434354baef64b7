/** Who may open a WebSocket, judged before the upgrade. */
import type { IncomingMessage } from 'node:http';
import { PROTOCOL_PARAMETER, PROTOCOL_VERSION } from '../../crdt/model/protocol/version.ts';
import type { Config } from '../config.ts';
import type { Directory } from '../directory/directory.ts';
import { callerAddress, isOwnOrigin } from '../http/caller.ts';
import { HttpRefusal } from '../http/refusal.ts';
import type { Identity } from '../identity/identity.ts';
import type { ServerLimits } from '../limits.ts';
import type { Admission } from './device-socket.ts';
import type { Sockets } from './sockets.ts';

export const SYNC_PATH = '/sync';

export interface AdmissionOptions {
  readonly config: Pick<Config, 'publicUrl' | 'trustedProxies'>;
  readonly limits: Pick<ServerLimits, 'socketsPerAddress' | 'socketsPerPerson'>;
  readonly identity: Identity;
  readonly directory: Directory;
  readonly sockets: Sockets;
}

/** The admission of a request, or why not. Cheap reasons first: nothing touches the database for a foreign page. */
export async function admit(request: IncomingMessage, options: AdmissionOptions): Promise<Admission | HttpRefusal> {
  const { config, limits, identity, directory, sockets } = options;
  const { headers } = request;
  const url = URL.parse(request.url ?? '/', 'http://localhost');
  if (url?.pathname !== SYNC_PATH) return new HttpRefusal('not-found');
  const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);
  const fetchSite = one(headers['sec-fetch-site']);
  if (!isOwnOrigin({ origin: headers.origin, host: headers.host, fetchSite }, config.publicUrl)) {
    return new HttpRefusal('origin');
  }
  const address = callerAddress(request.socket.remoteAddress, one(headers['x-forwarded-for']), config.trustedProxies);
  if (sockets.countFrom(address) >= limits.socketsPerAddress) return new HttpRefusal('rate', 'sockets');
  const session = await identity.session(new Headers({ cookie: headers.cookie ?? '' }));
  const person = session === undefined ? undefined : directory.personOfUser(session.signedIn.user);
  if (session === undefined || person === undefined || !person.active) return new HttpRefusal('signed-out');
  if (url.searchParams.get(PROTOCOL_PARAMETER) !== String(PROTOCOL_VERSION)) return new HttpRefusal('protocol');
  if (sockets.countOf(person.account) >= limits.socketsPerPerson) return new HttpRefusal('rate', 'sockets');
  return {
    account: person.account,
    company: person.company,
    session: session.signedIn.session,
    expiresMs: session.signedIn.expiresMs,
    address,
  };
}
