import type { Account } from '../../crdt/model/log/writer.ts';
import type { CompanyId, DocumentKind } from '../../crdt/model/protocol/document-name.ts';
import { parseChatId } from '../../crdt/model/protocol/document-name.ts';
import type { DeviceSocket } from './device-socket.ts';

/** All open sockets, by whom they concern. */
export class Sockets {
  readonly #all = new Set<DeviceSocket>();
  readonly #byAccount = new Map<Account, Set<DeviceSocket>>();
  readonly #byCompany = new Map<CompanyId, Set<DeviceSocket>>();
  readonly #byAddress = new Map<string, number>();
  #onEmpty: (() => void)[] = [];

  get size(): number {
    return this.#all.size;
  }

  /** Resolves when no socket is open. */
  empty(): Promise<void> {
    if (this.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#onEmpty.push(resolve));
  }

  all(): Iterable<DeviceSocket> {
    return this.#all;
  }

  ofAccount(account: Account): Iterable<DeviceSocket> {
    return this.#byAccount.get(account) ?? [];
  }

  ofCompany(company: CompanyId): Iterable<DeviceSocket> {
    return this.#byCompany.get(company) ?? [];
  }

  countOf(account: Account): number {
    return this.#byAccount.get(account)?.size ?? 0;
  }

  countFrom(address: string): number {
    return this.#byAddress.get(address) ?? 0;
  }

  /** Sockets of people who may read a document, as far as its name says. */
  *readersOf(document: DocumentKind): Generator<DeviceSocket> {
    switch (document.kind) {
      case 'inbox':
      case 'me':
        yield* this.ofAccount(document.account);
        return;
      case 'company':
        yield* this.ofCompany(document.company);
        return;
      case 'chat': {
        const chat = parseChatId(document.chat);
        if (chat === undefined) return;
        if (chat.kind === 'internal') yield* this.ofCompany(chat.company);
        else for (const account of chat.accounts) yield* this.ofAccount(account);
      }
    }
  }

  add(socket: DeviceSocket): void {
    const { account, company, address } = socket.admission;
    this.#all.add(socket);
    put(this.#byAccount, account, socket);
    put(this.#byCompany, company, socket);
    this.#byAddress.set(address, this.countFrom(address) + 1);
  }

  remove(socket: DeviceSocket): void {
    if (!this.#all.delete(socket)) return;
    const { account, company, address } = socket.admission;
    take(this.#byAccount, account, socket);
    take(this.#byCompany, company, socket);
    const left = this.countFrom(address) - 1;
    if (left > 0) this.#byAddress.set(address, left);
    else this.#byAddress.delete(address);
    if (this.size > 0) return;
    for (const resolve of this.#onEmpty) resolve();
    this.#onEmpty = [];
  }
}

function put<K>(map: Map<K, Set<DeviceSocket>>, key: K, socket: DeviceSocket): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([socket]));
  else known.add(socket);
}

function take<K>(map: Map<K, Set<DeviceSocket>>, key: K, socket: DeviceSocket): void {
  const known = map.get(key);
  known?.delete(socket);
  if (known?.size === 0) map.delete(key);
}
