/** The peer of fan-out: Hocuspocus as it comes, without storage, in a process of its own. Tells its parent the port. */
import { Server } from '@hocuspocus/server';

const server = new Server({ port: 0, address: '127.0.0.1', quiet: true, stopOnSignals: false });
await server.listen();
process.send?.(server.address.port);
process.on('disconnect', () => process.exit(0));
