/**
 * Every bound of the server, in one place, with its reason. What a client may write is bounded by crdt/model/log/limits.ts. Tests
 * and benches pass their own values to `startServer`.
 */
const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** So many at once, refilled at so many a second. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

export const SERVER_LIMITS = {
  /** Bytes of one WebSocket frame: an update of LIMITS.updateBytes (1 MiB) and its envelope. */
  frameBytes: 1_048_576 + 4_096,
  /** Bytes of the address that a frame begins with: document name and session id have about 70. Its length is one byte then. */
  addressBytes: 127,
  /** Bytes that may wait for a slow reader when there is more to send; beyond that its socket is cut: two full pages of long messages. */
  sendBufferBytes: 16 * 1_048_576,
  /** Bytes of a JSON body: a profile with everything filled in has under 4 kB. */
  jsonBodyBytes: 16_384,
  /** Open sockets of one person: ten devices with three tabs each. */
  socketsPerPerson: 30,
  /** Open sockets from one address: a large office behind one NAT. */
  socketsPerAddress: 3_000,
  /** Documents that one socket may have open or be opening: far beyond any window of a client. */
  documentsPerSocket: 2_000,
  /** Connections of one socket to one document: a provider, the one that has just replaced it, and room. */
  sessionsPerDocument: 8,
  /** Frames that may wait while documents of one socket are being authenticated. */
  queuedFrames: 10_000,
  queuedBytes: 16 * 1_048_576,

  /** The server's sign of life on each socket. */
  heartbeatMs: 10 * SECOND_MS,
  /** A socket that has sent nothing since so many of them is dead: half a minute, and no time in which the server itself was held up. */
  unansweredHeartbeats: 3,
  /** A socket on which no document was opened after so many is ended, whatever it sends. */
  unusedHeartbeats: 7,
  /** How often sockets are looked at whose session was to end; they come back if it was renewed. */
  sessionSweepMs: MINUTE_MS,

  /** Bumps of one socket are gathered for so long: a burst of messages becomes one frame. */
  bumpMs: 50,
  /** What was sent so recently may still be on its way when a document is closed; the inbox is told of it. */
  onItsWayMs: MINUTE_MS,
  /** After a refusal that passes by itself (busy, storage full) the server asks for everything again after this time. */
  askAgainMs: 2 * SECOND_MS,
  /** SyncStep1 in answer to gaps in a row; then the gap is refused as such, so that no broken client loops for ever. */
  gapsInARow: 3,

  /** Documents that nobody has open stay in memory so long, for devices that come and go on a bad line ... */
  idleDocumentMs: 30 * SECOND_MS,
  /** ... but at most so many of them: 300 pages of 2,000 messages are about 200 MB. */
  idleDocuments: 300,
  /** How often idle documents are looked at. */
  idleSweepMs: 5 * SECOND_MS,

  /** A page of a chat ends after so many entries or writers; see DESIGN 3 for what was measured. */
  pageEntries: 2_000,
  pageWriters: 500,
  /** ... or so many stored bytes, so that a slow line brings even a page of long texts within the bounds above. */
  pageBytes: 4 * 1_048_576,

  /**
   * Updates of one person: a device that returns with a long backlog sends hundreds at once, a person types a few a second. Large
   * ones count once more for each `updateUnitBytes` that is new, so that nobody fills the disk faster than about 1.6 MB a second.
   */
  updates: { burst: 600, perSecond: 100 },
  updateUnitBytes: 16_384,
  /** State vectors asked for by one person: each costs the encoding of what is missing. */
  syncRequests: { burst: 3_000, perSecond: 50 },
  /** Stateless messages of one socket: clock questions, and in the inbox what has been delivered. */
  stateless: { burst: 20, perSecond: 2 },
  /** Reports of one person of what has been delivered: each device tells at most one a second, after a welcome a few more. */
  delivered: { burst: 100, perSecond: 10 },
  /** What people have got and read is gathered for so long, and is then one commit and at most one message per connection; */
  receiptsMs: 200,
  /** ... which waits so long for the disk, so that a power failure takes no more than devices tell again. */
  receiptsDurableMs: 10 * SECOND_MS,
  /** Where only counts are told, for so long: one of a thousand readers' markers concerns all of them. */
  receiptCountsMs: 2 * SECOND_MS,
  /** HTTP requests of one address and of one signed-in person; a cold start needs about 20. */
  requestsPerAddress: { burst: 2_000, perSecond: 200 },
  requestsPerPerson: { burst: 300, perSecond: 30 },
  /** Colleagues' pictures, by themselves: who scrolls through a thousand contacts asks for hundreds, and is not to lose the rest. */
  pictureRequests: { burst: 1_000, perSecond: 50 },
  /** Sign-ins, set-up and invitations from one address, by good and bad people alike (each costs a scrypt). */
  credentialsPerAddress: { burst: 60, perSecond: 1 },
  /** Guesses of the set-up code, all addresses together. */
  setupGuesses: { burst: 10, perSecond: 0.1 },
  /** Pictures that one person sends: somebody who tries a few. Each costs a tenth of a second in a thread of its own ... */
  pictures: { burst: 10, perSecond: 1 / 30 },
  /** ... which is stopped after this time ... */
  pictureMs: 5 * SECOND_MS,
  /** ... and so many may wait for it, all people together. */
  waitingPictures: 20,
  /** Addresses and people whose rates are remembered; the longest unused go first. */
  rememberedCallers: 50_000,

  /** Wrong passwords before waiting begins; it doubles from one second up to the longest. */
  freeFailures: 5,
  freeFailuresPerAddress: 30,
  longestWaitMs: MINUTE_MS,
  /** A failure is forgotten after this time. */
  failureMemoryMs: 15 * MINUTE_MS,

  sessionMs: 90 * DAY_MS,
  /** A session is renewed when it is used after this time. */
  sessionRenewMs: DAY_MS,
  /** A session that was found is not looked up again for so long; when it ends, at once. */
  sessionMemoryMs: MINUTE_MS,
  /** As many as have devices online at the same time on a large installation; a few hundred bytes each. */
  rememberedSessions: 20_000,
  /** How exactly "last seen" is known; each note is a small write. */
  seenMs: 10 * MINUTE_MS,
  /** Ended sessions are remembered twice as long as any lives, for devices that lie in a drawer and backups that are restored. */
  endedSessionMemoryMs: 180 * DAY_MS,
  invitationMs: 7 * DAY_MS,
  /** Invitations of one company that are open at the same time. */
  openInvitations: 500,
  /** Answers to commands are kept so long for devices that ask again. */
  commandMemoryMs: 30 * DAY_MS,

  /** Documents compacted in one round, and the pause between rounds. */
  compactionDocuments: 20,
  compactionMs: 30 * SECOND_MS,

  /** At a stop, sockets may take so long to say goodbye. */
  goodbyeMs: SECOND_MS,
  /** A graceful stop takes at most about so long for each of its steps; then what hangs is left to the operating system. */
  stopMs: 10 * SECOND_MS,
} as const;

type Widen<T> = T extends number ? number : T extends Rate ? Rate : never;
export type ServerLimits = { readonly [K in keyof typeof SERVER_LIMITS]: Widen<(typeof SERVER_LIMITS)[K]> };
