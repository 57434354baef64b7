/** The thread that draws one picture anew and ends: it costs the server's loop nothing, and can be stopped. */
import { parentPort, workerData } from 'node:worker_threads';
import { servedPicture } from './served-picture.ts';

// Written by PictureDrawer, in the same program.
parentPort?.postMessage(servedPicture(workerData as Uint8Array));
