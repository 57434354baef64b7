/**
 * Who is signed in on this device, and their open house. A cold start needs no network: the record says whose copy to open. The
 * session itself is the server's; when it ends, the copy stays where it is and the person is asked to sign in again. Only who
 * leaves (or is told to) takes the copy along; see departure.ts.
 */
import { createEffect, createRoot, createSignal, onCleanup, untrack, type Accessor } from 'solid-js';
import type { House } from '../reactive/house.ts';
import { nextTurn } from '../reactive/in-turns.ts';
import { namespaceOf, openHouse } from '../reactive/open-house.ts';
import { markCopy, markedCopy } from './copy-mark.ts';
import { beginDeparture, isDeparting, readDeparture, settleDeparture, type Departure } from './departure.ts';
import { forgetTab } from './empty-device.ts';
import { firstListDrawn, isListAddress } from './first-list.ts';
import * as installation from './installation.ts';
import type { Answer } from './installation.ts';
import { noticeEviction } from './local-copy.ts';
import { personName } from './names.ts';
import { onRecordChange, readRecord, removeRecord, writeRecord, type SessionRecord } from './session-record.ts';
import { takeUpLastMoments } from './last-moment.ts';
import { saveEverything } from './unsaved.ts';
import { followNetwork } from './follow-network.ts';

/** Why somebody stands before the door who was in the house before. */
export type DoorReason =
  /** Left; `told`: the server knows. */
  | { readonly kind: 'left'; readonly told: boolean }
  /** Another device of the person had this one signed out and emptied. */
  | { readonly kind: 'ordered' }
  /** Not everything could be deleted yet. */
  | { readonly kind: 'not-emptied' }
  /** The browser has deleted the copy, and there is no network to fetch it again. */
  | { readonly kind: 'evicted' };

export type SessionState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'set-up' }
  | { readonly kind: 'sign-in'; readonly because: DoorReason | undefined }
  /** Signed in before; the server no longer knows the session. `waiting`: what has not been sent yet. */
  | {
      readonly kind: 'ended';
      readonly namespace: string;
      readonly name: string;
      readonly email: string | undefined;
      readonly waiting: number;
    }
  | { readonly kind: 'open'; readonly house: House }
  /** The device is being emptied. */
  | { readonly kind: 'leaving' }
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
    const house = await openHouse(record, firstListDrawn, !isListAddress());
    await takeUpLastMoments(house);
    // The house has been understood; drawing it is the next turn's work.
    await nextTurn();
    if (mine !== opening || isDeparting(house.namespace)) {
      await house.close();
      return;
    }
    if (house.freshCopy && markedCopy() === house.namespace) noticeEviction();
    markCopy(house.namespace);
    unfollow = createRoot((dispose) => {
      createEffect(() => {
        if (house.connection().kind === 'signed-out') void endSession(house, record);
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

/** The server ended the session: everything is kept, unless the person had this device emptied from another one. */
async function endSession(house: House, record: SessionRecord): Promise<void> {
  const person = house.people().get(house.account);
  // It may end before anything of the company is here.
  const name = person === undefined && record.email !== undefined ? record.email : personName(person);
  const { namespace } = house;
  await closeHouse({ kind: 'ended', namespace, name, email: record.email, waiting: house.waiting() });
  await askWhetherOrdered();
}

async function askWhetherOrdered(): Promise<void> {
  const answer = await installation.askSession();
  const record = readRecord();
  if (record === undefined || answer.kind !== 'refused' || answer.wipe !== true) return;
  await depart(namespaceOf(record), true);
}

/** After the server has a session for this browser: asks whose it is, notes it, opens their house. */
async function enter(email?: string): Promise<Answer<unknown>> {
  const answer = await installation.askSession();
  if (answer.kind !== 'ok') return answer;
  const { installation: id, account, company } = answer.value;
  const record = { installation: id, account, company, signedInAtMs: Date.now(), email };
  writeRecord(record);
  await closeHouse({ kind: 'starting' });
  await enterHouse(record);
  return answer;
}

async function askWhereToBegin(): Promise<void> {
  const entered = await enter();
  if (entered.kind === 'ok') return;
  const status = await installation.askStatus();
  if (status.kind === 'ok' && status.value.kind === 'setup') return void setState({ kind: 'set-up' });
  setState({ kind: 'sign-in', because: markedCopy() === undefined ? undefined : { kind: 'evicted' } });
}

/** Carries out what is left to do of a departure, and says how far that came. True: somebody may sign in. */
async function settle(departure: Departure | undefined): Promise<boolean> {
  const ordered = departure?.ordered === true;
  switch (await settleDeparture()) {
    case 'settled':
      if (departure !== undefined) setState(doorBecause(ordered ? { kind: 'ordered' } : { kind: 'left', told: true }));
      return true;
    case 'unreachable':
      setState(doorBecause(ordered ? { kind: 'ordered' } : { kind: 'left', told: false }));
      return false;
    case 'not-emptied':
      setState(doorBecause({ kind: 'not-emptied' }));
      return false;
  }
}

const doorBecause = (because: DoorReason): SessionState => ({ kind: 'sign-in', because });

/** Leaves this device for good: the copy is deleted now, the session as soon as the server can be reached. */
async function depart(namespace: string, ordered: boolean): Promise<void> {
  const departure = beginDeparture(namespace, ordered);
  // Other tabs follow.
  removeRecord();
  await closeHouse({ kind: 'leaving' });
  await settle(departure);
}

async function begin(): Promise<void> {
  const departure = readDeparture();
  if (departure !== undefined) removeRecord();
  const mayEnter = await settle(departure);
  const record = readRecord();
  if (record !== undefined) await enterHouse(record);
  else if (mayEnter && departure === undefined) await askWhereToBegin();
}

/** Another tab has signed in or out, or left. */
async function followRecord(record: SessionRecord | undefined): Promise<void> {
  const departure = readDeparture();
  if (record !== undefined) {
    await closeHouse({ kind: 'starting' });
    await enterHouse(record);
  } else if (departure === undefined) {
    await closeHouse({ kind: 'sign-in', because: undefined });
  } else {
    await closeHouse({ kind: 'leaving' });
    forgetTab();
    await settle(departure);
  }
}

/** There may be network again while somebody stands before the door. */
function comeBack(): void {
  if (document.visibilityState === 'hidden') return;
  const current = untrack(state);
  if (current.kind === 'ended') void askWhetherOrdered();
  if (current.kind !== 'sign-in') return;
  if (current.because?.kind === 'evicted') void askWhereToBegin();
  else if (current.because !== undefined) void settle(readDeparture());
}

/** Begins; call it once. Other tabs that sign in or out take this one with them. */
export function startSession(): void {
  onRecordChange((record) => void followRecord(record));
  addEventListener('online', comeBack);
  document.addEventListener('visibilitychange', comeBack);
  void begin();
}

/** What is left of an earlier departure comes first: ending its session later would end the new one. */
async function afterDeparture(command: () => Promise<Answer<unknown>>): Promise<Answer<unknown>> {
  const settled = await settleDeparture();
  switch (settled) {
    case 'settled':
      return command();
    case 'unreachable':
      return { kind: 'unreachable' };
    case 'not-emptied':
      return { kind: 'refused', status: 409, code: settled, message: settled };
  }
}

export const signIn = (email: string, password: string): Promise<Answer<unknown>> =>
  afterDeparture(async () => {
    const answer = await installation.signIn(email, password);
    return answer.kind === 'ok' ? enter(email) : answer;
  });

/** Makes an account by set-up or invitation and enters; signs in where the server has not done so itself. */
export const join = (
  command: () => Promise<Answer<unknown>>,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<Answer<unknown>> =>
  afterDeparture(async () => {
    const joined = await command();
    if (joined.kind !== 'ok') return joined;
    const answer = await enter(email);
    return answer.kind === 'refused' && answer.status === 401 ? signIn(email, password) : answer;
  });

/** Signs out here and in all tabs, and deletes what lies on this device, network or not. What is unsent is lost: ask first. */
export const signOut = (house: House): Promise<void> => depart(house.namespace, false);

/** Empties this device of the person whose session has ended. */
export function forgetEnded(): void {
  const current = untrack(state);
  if (current.kind === 'ended') void depart(current.namespace, false);
}

/** Once more, where not everything could be deleted. */
export const emptyAgain = (): void => void settle(readDeparture());

export const showSignIn = (): void => void setState({ kind: 'sign-in', because: undefined });
