/** Documents by HTTP: what has changed since, and entries that are too many for a frame or come from a service worker. */
import { Hono } from 'hono';
import { LIMITS } from '../../../crdt/model/log/limits.ts';
import {
  companyDocument,
  inboxDocument,
  meDocument,
  parseDocumentName,
  type DocumentName,
} from '../../../crdt/model/protocol/document-name.ts';
import { CATCH_UP, type CaughtUp, type StoredEntries } from '../../../crdt/model/protocol/http.ts';
import { accessTo } from '../../chats/access.ts';
import type { CommittedArrival } from '../../storage/log-store.ts';
import type { Stored } from '../../sync/open-document.ts';
import { unitsOf } from '../../sync/update-cost.ts';
import { readBytes, readJson } from '../body.ts';
import { callerOf, requireProtocol, requireStillSignedIn } from '../caller-of.ts';
import type { HttpEnvironment, Installation } from '../context.ts';
import { HttpRefusal } from '../refusal.ts';
import type { TokenBuckets } from '../token-buckets.ts';

export function writingRoutes(at: Installation, perPerson: TokenBuckets, updates: TokenBuckets): Hono<HttpEnvironment> {
  const { limits, directory, store } = at;
  const routes = new Hono<HttpEnvironment>();

  routes.post('/catch-up', async (c) => {
    requireProtocol(c);
    const { since, epoch } = await readJson(c, CATCH_UP, limits.jsonBodyBytes);
    const { person } = await callerOf(c, at, perPerson);
    // Before the heads: what is stored meanwhile is told again next time, never missed.
    const cursor = await store.sequence();
    const heads = await store.heads({
      documents: [inboxDocument(person.account), companyDocument(person.company), meDocument(person.account)],
      streams: directory.chatsOf(person).map(({ chat }) => chat),
      since: epoch === at.epoch ? since : 0,
    });
    const answer: CaughtUp = {
      epoch: at.epoch,
      cursor,
      heads: heads.map(({ document, number, sequence }) => [document, number, sequence]),
    };
    return c.json(answer);
  });

  routes.post('/entries/*', async (c) => {
    requireProtocol(c);
    const { person } = await callerOf(c, at, perPerson);
    const name = c.req.path.slice(c.req.path.indexOf('/entries/') + '/entries/'.length);
    const kind = parseDocumentName(name);
    if (kind === undefined || accessTo(kind, person, directory) === 'none') throw new HttpRefusal('not-found');
    const update = await readBytes(c, LIMITS.updateBytes);
    await requireStillSignedIn(c, at);
    const waitMs = updates.take(String(person.account));
    if (waitMs > 0) throw new HttpRefusal('rate', undefined, waitMs);
    const uploaded = await at.upload(name as DocumentName, person.account, update);
    if (uploaded === undefined) throw new HttpRefusal('not-found');
    const { submission, settled } = uploaded;
    switch (submission.kind) {
      case 'busy':
        throw new HttpRefusal('rate', undefined, limits.askAgainMs);
      case 'storage-failed':
        throw new HttpRefusal('storage-failed');
      case 'refused':
        throw new HttpRefusal(submission.code, submission.detail);
      case 'known':
      case 'storing': {
        if (submission.kind === 'storing') {
          updates.charge(String(person.account), unitsOf(submission.verdict.update, limits));
        }
        const arrivals = submission.kind === 'known' ? [] : arrivalsOf(await submission.stored);
        // What was known may still have been on its way to the disk.
        await settled();
        if (submission.verdict.gaps.length > 0) throw new HttpRefusal('gap');
        const answer: StoredEntries = {
          arrivals: arrivals.map(({ writer, from, to, number, timeMs }) => [writer, from, to, number, timeMs]),
        };
        return c.json(answer);
      }
    }
  });

  return routes;
}

function arrivalsOf(stored: Stored): readonly CommittedArrival[] {
  switch (stored.kind) {
    case 'stored':
      return stored.arrivals;
    case 'clock':
    case 'storage-full':
    case 'storage-failed':
      throw new HttpRefusal(stored.kind);
  }
}
