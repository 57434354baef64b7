/** A person's picture: sent as a JPEG, drawn anew, served to the people of the company. */
import { Hono } from 'hono';
import * as v from 'valibot';
import { PICTURE_HASH } from '../../../crdt/model/company/company-facts.ts';
import { PICTURE_BYTES, type NewPicture } from '../../../crdt/model/protocol/http.ts';
import { readBytes } from '../body.ts';
import { callerOf, requireStillSignedIn } from '../caller-of.ts';
import type { HttpEnvironment, Installation } from '../context.ts';
import { HttpRefusal } from '../refusal.ts';
import { TokenBuckets } from '../token-buckets.ts';

/** An image in a page of ours and nothing else, whatever opens it. */
const NOTHING_ALLOWED = "default-src 'none'; frame-ancestors 'none'; sandbox";

export function pictureRoutes(at: Installation, perPerson: TokenBuckets): Hono<HttpEnvironment> {
  const { limits, nowMs, pictures } = at;
  const perViewer = new TokenBuckets(limits.pictureRequests, limits.rememberedCallers, nowMs);
  const perPainter = new TokenBuckets(limits.pictures, limits.rememberedCallers, nowMs);
  const routes = new Hono<HttpEnvironment>();

  routes.put('/profile/picture', async (c) => {
    const { person } = await callerOf(c, at, perPerson);
    if (c.req.header('content-type') !== 'image/jpeg') throw new HttpRefusal('picture', 'not image/jpeg');
    const waitMs = perPainter.take(String(person.account));
    if (waitMs > 0) throw new HttpRefusal('rate', undefined, waitMs);
    const drawn = await at.drawPicture(await readBytes(c, PICTURE_BYTES));
    switch (drawn.kind) {
      case 'busy':
        throw new HttpRefusal('rate', 'too much to draw at once', limits.pictureMs);
      case 'refused':
        throw new HttpRefusal('picture');
      case 'drawn': {
        await requireStillSignedIn(c, at);
        const answer: NewPicture = { picture: pictures.set(person.account, drawn.bytes) };
        return c.json(answer);
      }
    }
  });

  routes.delete('/profile/picture', async (c) => {
    const { person } = await callerOf(c, at, perPerson);
    pictures.remove(person.account);
    return c.json({});
  });

  routes.get('/pictures/:picture', async (c) => {
    const { person } = await callerOf(c, at, perViewer);
    const name = c.req.param('picture');
    const bytes = v.is(PICTURE_HASH, name) ? pictures.find(person.company, name) : undefined;
    if (bytes === undefined) throw new HttpRefusal('not-found');
    // Not for the browser's own cache, which a page can't empty when somebody signs out; the service worker keeps it.
    return c.body(new Uint8Array(bytes), 200, {
      'content-type': 'image/jpeg',
      'cache-control': 'no-store',
      'content-security-policy': NOTHING_ALLOWED,
    });
  });

  return routes;
}
