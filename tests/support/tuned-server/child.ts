/** The process of a tuned server: the product's whole server with limits of the proof's choosing. Talks to its parent by messages. */
import type { DocumentName } from '../../../crdt/model/protocol/document-name.ts';
import { startTestServer } from '../installation.ts';
import type { FromTunedServer, ToTunedServer, Tuning } from '../tuned-server.ts';

const tell = (message: FromTunedServer): void => void process.send?.(message);

process.once('message', (tuning: Tuning) => {
  const { dataDir, port, limits, environment, commitDelayMs } = tuning;
  startTestServer(dataDir, {
    environment: { ...environment, PORT: String(port) },
    limits,
    commitDelayMs,
    // Standard output belongs to the proof's table; what goes wrong is told.
    writeLog: (line) => process.stderr.write(line),
    onFailure: (error) => tell({ kind: 'failed', detail: String(error) }),
  }).then(
    (server) => {
      const { compact } = server.store;
      Object.assign(server.store, {
        compact(document: DocumentName) {
          tell({ kind: 'compacting' });
          return compact(document);
        },
      });
      process.on('message', (message: ToTunedServer) => {
        switch (message.kind) {
          case 'stats':
            void server.store.stats().then((stats) => tell({ kind: 'stats', stats }));
            return;
          case 'projected':
            void server.projected().then(() => tell({ kind: 'projected' }));
        }
      });
      tell({ kind: 'started', port: server.port, setupCode: server.setupCode });
    },
    (error: unknown) =>
      tell({ kind: 'failed', detail: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.once('disconnect', () => process.exit(0));
