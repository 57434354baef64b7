/** The built app: read at start, kept in memory (a few MB), compressed once per file. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};
const COMPRESSED = new Set(['.html', '.js', '.css', '.json', '.webmanifest', '.svg', '.txt']);

const IMMUTABLE = 'public, max-age=31536000, immutable';
/** Kept, but asked about each time: these decide which version runs. */
const REVALIDATED = 'no-cache';

interface StaticFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly cacheControl: string;
  readonly etag: string;
  readonly encodings: Map<string, Promise<Uint8Array<ArrayBuffer>>>;
  readonly isCompressible: boolean;
}

const compressors: Readonly<Record<string, (bytes: Uint8Array) => Promise<Buffer<ArrayBuffer>>>> = {
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (bytes) => promisify(gzip)(bytes),
};

export type StaticFiles = (request: Request) => Promise<Response | undefined>;

/** Serves the files of a folder, index.html for every page address; nothing when the folder isn't there. */
export async function loadStaticFiles(folder: string): Promise<StaticFiles> {
  const files = new Map<string, StaticFile>();
  for (const path of await filesIn(folder)) {
    const bytes = new Uint8Array(await readFile(path));
    const extension = extname(path);
    const address = `/${relative(folder, path).split(sep).join('/')}`;
    files.set(address, {
      bytes,
      type: TYPES[extension] ?? 'application/octet-stream',
      // The build puts a hash of the content into the name of everything under assets/.
      cacheControl: address.startsWith('/assets/') ? IMMUTABLE : REVALIDATED,
      etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
      encodings: new Map(),
      isCompressible: COMPRESSED.has(extension),
    });
  }
  return async (request) => {
    const { pathname } = new URL(request.url);
    const isPage = (request.headers.get('accept') ?? '').includes('text/html') && extname(pathname) === '';
    const file = files.get(pathname) ?? (pathname === '/' || isPage ? files.get('/index.html') : undefined);
    return file === undefined ? undefined : serve(request, file);
  };
}

async function serve(request: Request, file: StaticFile): Promise<Response> {
  const headers = new Headers({ 'content-type': file.type, 'cache-control': file.cacheControl, etag: file.etag });
  if (file.isCompressible) headers.set('vary', 'accept-encoding');
  if (request.headers.get('if-none-match') === file.etag) return new Response(null, { status: 304, headers });
  const encoding = file.isCompressible ? chooseEncoding(request.headers.get('accept-encoding') ?? '') : undefined;
  const compress = encoding === undefined ? undefined : compressors[encoding];
  if (encoding === undefined || compress === undefined) return new Response(file.bytes, { headers });
  let bytes = file.encodings.get(encoding);
  if (bytes === undefined) file.encodings.set(encoding, (bytes = compress(file.bytes)));
  headers.set('content-encoding', encoding);
  return new Response(await bytes, { headers });
}

const chooseEncoding = (accepted: string): string | undefined =>
  ['br', 'gzip'].find((encoding) => new RegExp(`\\b${encoding}\\b(?!;q=0(?:\\.0*)?(?:,|$))`, 'u').test(accepted));

async function filesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
