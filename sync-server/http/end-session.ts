import type { DirectoryPerson } from '../directory/person.ts';
import type { Installation } from './context.ts';

/** Ends one of a person's sessions for good, and closes its sockets; false when it is not one of theirs. */
export async function endSession(
  at: Installation,
  person: DirectoryPerson,
  session: string,
  wipe: boolean,
): Promise<boolean> {
  const isOwn = await at.identity.endSession(person.user, session, (token) => {
    at.endedSessions.end(token, wipe);
    // It is over from here on, also when the session itself can't be deleted.
    at.endSession(person.account, session);
  });
  if (!isOwn) return false;
  at.seenDevices.ended(session);
  // Once more: one may have been let in a moment before.
  at.endSession(person.account, session);
  return true;
}
