/**
 * Version of everything that client and server say to each other: entries, stateless messages, HTTP bodies. A test holds a hash of
 * those schemas and fails until this number rises with them. A mismatch is answered 409 `protocol`, and the app says "outdated".
 */
export const PROTOCOL_VERSION = 2;

/** Request header on `/api/session`, `/api/catch-up` and `/api/entries/...`. */
export const PROTOCOL_HEADER = 'x-hausfunk-protocol';
/** Query parameter on `/sync`, where a browser can't set headers. */
export const PROTOCOL_PARAMETER = 'protocol';
