import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import * as Y from 'yjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { personKey } from '../../crdt/model/company/company-facts.ts';
import { FACTS_ROOT } from '../../crdt/model/log/append.ts';
import { FactsReader } from '../../crdt/model/log/facts.ts';
import { readLog, rootOf, writersOf } from '../../crdt/model/log/read-log.ts';
import { companyDocument } from '../../crdt/model/protocol/document-name.ts';
import { openInstallation, request, startTestServer, type Installation } from '../support/installation.ts';
import { SyncSocket } from '../support/sync-client.ts';

describe('facts follow the directory', () => {
  let at: Installation;
  beforeAll(async () => {
    at = await openInstallation();
  });
  afterAll(() => at.close());

  const stored = async (server = at.server): Promise<Y.Doc> => {
    const doc = new Y.Doc();
    const { updates } = await server.store.load(companyDocument(at.administrator.company));
    for (const update of updates) Y.applyUpdate(doc, update);
    return doc;
  };
  const factOf = (doc: Y.Doc): unknown => {
    const facts = new FactsReader(doc);
    facts.read();
    return facts.values.get(personKey(at.administrator.account));
  };

  test('[SV52] a changed profile reaches who has the company open, and the old one is erased', async () => {
    const socket = new SyncSocket(at, at.administrator);
    const company = socket.open(companyDocument(at.administrator.company));
    await company.synced();
    const change = (city: string) =>
      request(at, '/api/profile', {
        method: 'PUT',
        cookie: at.administrator.cookie,
        json: { first: 'Anna', last: 'Berger', city },
      });
    for (const city of ['Bremen', 'Kiel']) {
      expect((await change(city)).status).toBe(200);
      await company.eventually(city, () => {
        const fact = company.facts().get(personKey(at.administrator.account));
        return JSON.stringify(fact).includes(city) ? true : undefined;
      });
    }
    socket.close();
    await at.server.projected();
    const doc = await stored();
    expect(JSON.stringify(factOf(doc))).toContain('Kiel');
    const writer = writersOf(doc).find((one) => rootOf(doc, one) === FACTS_ROOT);
    const living = writer === undefined ? [] : [...readLog(doc, writer)].filter(({ tuple }) => tuple !== undefined);
    expect(JSON.stringify(living)).not.toContain('Bremen');
    expect(at.server.directory.marks()).toEqual([]);
  });

  test('[SV52] a change whose facts were not written before a crash is projected at the next start', async () => {
    await at.server.stop();
    const database = new DatabaseSync(join(at.dataDir, 'directory.db'));
    database.exec(`
      UPDATE people SET city = 'Husum' WHERE account = ${at.administrator.account};
      INSERT INTO toProject VALUES ('${companyDocument(at.administrator.company)}', 1);
    `);
    database.close();
    const server = await startTestServer(at.dataDir);
    await server.projected();
    expect(JSON.stringify(factOf(await stored(server)))).toContain('Husum');
    await server.stop();
  });
});
