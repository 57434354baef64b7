/**
 * Who is signed in on this device, and their open house. A cold start needs no network: the record says whose copy to open. The
 * session itself is the server's; when it ends, the copy stays where it is and the person is asked to sign in again.
 */
import { createEffect, createRoot, createSignal, onCleanup, untrack, type Accessor } from 'solid-js';
import type { House } from '../reactive/house.ts';
import { openHouse } from '../reactive/open-house.ts';
import * as installation from './installation.ts';
import type { Answer } from './installation.ts';
import { onRecordChange, readRecord, removeRecord, writeRecord, type SessionRecord } from './session-record.ts';
import { takeUpLastMoments } from './last-moment.ts';
import { saveEverything } from './unsaved.ts';
import { followNetwork } from './follow-network.ts';

export type SessionState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'set-up' }
  | { readonly kind: 'sign-in' }
  /** Signed in before; the server no longer knows the session. `waiting`: what has not been sent yet. */
  | { readonly kind: 'ended'; readonly waiting: number }
  | { readonly kind: 'open'; readonly house: House }
  /** The browser gives no storage. */
  | { readonly kind: 'storage-closed'; readonly detail: string };

const [state, setState] = createSignal<SessionState>({ kind: 'starting' });
export const session: Accessor<SessionState> = state;

/** Stops following the open house's connection. */
let unfollow: (() => void) | undefined;
/** Openings happen one after the other; a later one makes an earlier one void. */
let opening = 0;

async function enterHouse(record: SessionRecord): Promise<void> {
  const mine = (opening += 1);
  try {
    const house = await openHouse(record);
    await takeUpLastMoments(house);
    if (mine !== opening) {
      await house.close();
      return;
    }
    unfollow = createRoot((dispose) => {
      createEffect(() => {
        if (house.connection().kind === 'signed-out') void endSession(house);
      });
      onCleanup(followNetwork(house));
      return dispose;
    });
    setState({ kind: 'open', house });
  } catch (cause) {
    if (mine === opening) setState({ kind: 'storage-closed', detail: String(cause) });
  }
}

/** Closes the house, if one is open, after what is typed is written down. */
async function closeHouse(next: SessionState): Promise<void> {
  opening += 1;
  const current = untrack(state);
  unfollow?.();
  unfollow = undefined;
  if (current.kind !== 'open') {
    setState(next);
    return;
  }
  await saveEverything();
  setState(next);
  // What was typed until the last moment.
  await saveEverything();
  await current.house.close();
}

async function endSession(house: House): Promise<void> {
  await closeHouse({ kind: 'ended', waiting: house.waiting() });
}

/** After the server has a session for this browser: asks whose it is, notes it, opens their house. */
async function enter(): Promise<Answer<unknown>> {
  const answer = await installation.askSession();
  if (answer.kind !== 'ok') return answer;
  const { installation: id, account, company } = answer.value;
  const record = { installation: id, account, company, signedInAtMs: Date.now() };
  writeRecord(record);
  await closeHouse({ kind: 'starting' });
  await enterHouse(record);
  return answer;
}

async function askWhereToBegin(): Promise<void> {
  const entered = await enter();
  if (entered.kind === 'ok') return;
  const status = await installation.askStatus();
  setState(status.kind === 'ok' && status.value.kind === 'setup' ? { kind: 'set-up' } : { kind: 'sign-in' });
}

/** Begins; call it once. Other tabs that sign in or out take this one with them. */
export function startSession(): void {
  onRecordChange((record) => {
    if (record === undefined) void closeHouse({ kind: 'sign-in' });
    else void closeHouse({ kind: 'starting' }).then(() => enterHouse(record));
  });
  const record = readRecord();
  void (record === undefined ? askWhereToBegin() : enterHouse(record));
}

export async function signIn(email: string, password: string): Promise<Answer<unknown>> {
  const answer = await installation.signIn(email, password);
  return answer.kind === 'ok' ? enter() : answer;
}

/** For screens that have just made a session (set-up, invitation): signs in where the server has not done so itself. */
export async function enterAs(email: string, password: string): Promise<Answer<unknown>> {
  const answer = await enter();
  return answer.kind === 'refused' && answer.status === 401 ? signIn(email, password) : answer;
}

/** Signs out here and in all tabs. What lies on the device stays for this person's next sign-in. */
export async function signOut(): Promise<Answer<unknown>> {
  const answer = await installation.signOut();
  if (answer.kind !== 'ok' && !(answer.kind === 'refused' && answer.status === 401)) return answer;
  removeRecord();
  await closeHouse({ kind: 'sign-in' });
  return { kind: 'ok', value: undefined };
}

export const showSignIn = (): void => void setState({ kind: 'sign-in' });
