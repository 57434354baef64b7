/** The installation's HTTP commands. Every answer is a value; nothing here throws for what a network or a person can do. */
import * as v from 'valibot';
import {
  DEVICES,
  ERROR_BODY,
  INVITATION,
  NEW_INVITATION,
  NEW_PICTURE,
  SESSION,
  STATUS,
  type AcceptInvitation,
  type Device,
  type Invitation,
  type NewInvitation,
  type NewPicture,
  type Profile,
  type Session,
  type Setup,
  type Status,
} from '../../crdt/model/protocol/http.ts';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '../../crdt/model/protocol/version.ts';

export type Answer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly code: string;
      readonly message: string;
      /** With `signed-out`: what lies on this device is to be deleted. */
      readonly wipe?: true | undefined;
    }
  | { readonly kind: 'unreachable' };

/** No answer for so long counts as none; commands are small. */
const PATIENCE_MS = 20_000;

async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

async function ask<S extends v.GenericSchema>(
  method: Method,
  path: string,
  schema: S,
  content?: unknown,
): Promise<Answer<v.InferOutput<S>>> {
  // A picture goes as it is.
  const body = content === undefined || content instanceof Blob ? content : JSON.stringify(content);
  const type = content instanceof Blob ? content.type : 'application/json';
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: {
        [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
        ...(body === undefined ? {} : { 'content-type': type }),
      },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    return { kind: 'unreachable' };
  }
  const answer = await bodyOf(response);
  if (!response.ok) {
    // A proxy in front of a server that is down answers without our body.
    const error = v.safeParse(ERROR_BODY, answer);
    if (error.success) return { kind: 'refused', status: response.status, ...error.output };
    if (response.status >= 502 && response.status <= 504) return { kind: 'unreachable' };
    return { kind: 'refused', status: response.status, code: 'unknown', message: `HTTP ${response.status}` };
  }
  const value = v.safeParse(schema, answer);
  if (value.success) return { kind: 'ok', value: value.output };
  return { kind: 'refused', status: response.status, code: 'unknown', message: v.summarize(value.issues) };
}

const ANYTHING = v.unknown();

export const askStatus = (): Promise<Answer<Status>> => ask('GET', '/api/status', STATUS);
export const askSession = (): Promise<Answer<Session>> => ask('GET', '/api/session', SESSION);
export const setUp = (setup: Setup): Promise<Answer<unknown>> => ask('POST', '/api/setup', ANYTHING, setup);
export const signIn = (email: string, password: string): Promise<Answer<unknown>> =>
  ask('POST', '/api/auth/sign-in/email', ANYTHING, { email, password });
export const signOut = (): Promise<Answer<unknown>> => ask('POST', '/api/auth/sign-out', ANYTHING, {});
export const invite = (): Promise<Answer<NewInvitation>> => ask('POST', '/api/invitations', NEW_INVITATION, {});
export const revokeInvitation = (id: string): Promise<Answer<unknown>> =>
  ask('DELETE', `/api/invitations/${encodeURIComponent(id)}`, ANYTHING);
export const askInvitation = (token: string): Promise<Answer<Invitation>> =>
  ask('GET', `/api/invitations/${encodeURIComponent(token)}`, INVITATION);
export const acceptInvitation = (token: string, person: AcceptInvitation): Promise<Answer<unknown>> =>
  ask('POST', `/api/invitations/${encodeURIComponent(token)}/accept`, ANYTHING, person);
export const saveProfile = (profile: Profile): Promise<Answer<unknown>> =>
  ask('PUT', '/api/profile', ANYTHING, profile);
export const savePicture = (picture: Blob): Promise<Answer<NewPicture>> =>
  ask('PUT', '/api/profile/picture', NEW_PICTURE, picture);
export const removePicture = (): Promise<Answer<unknown>> => ask('DELETE', '/api/profile/picture', ANYTHING);
export const askDevices = (): Promise<Answer<{ readonly devices: readonly Device[] }>> =>
  ask('GET', '/api/devices', DEVICES);
/** `wipe`: what lies on it is deleted when it next gets in contact. */
export const signOutDevice = (id: string, wipe: boolean): Promise<Answer<unknown>> =>
  ask('DELETE', `/api/devices/${encodeURIComponent(id)}${wipe ? '?wipe=1' : ''}`, ANYTHING);
