/** Who may read and write which document; what is not for somebody looks as if it didn't exist. */
import { type DocumentKind, parseChatId } from '../../crdt/model/protocol/document-name.ts';
import type { Directory } from '../directory/directory.ts';
import type { DirectoryPerson } from '../directory/person.ts';

export type Access = 'write' | 'read' | 'none';

/** What `person` may do with a document, now. */
export function accessTo(
  document: DocumentKind,
  person: DirectoryPerson,
  directory: Pick<Directory, 'person' | 'pages' | 'hasStarted'>,
): Access {
  if (!person.active) return 'none';
  switch (document.kind) {
    case 'inbox':
      return document.account === person.account ? 'read' : 'none';
    case 'me':
      return document.account === person.account ? 'write' : 'none';
    case 'company':
      return document.company === person.company ? 'read' : 'none';
    case 'chat': {
      const chat = parseChatId(document.chat);
      if (chat === undefined || document.page > directory.pages(document.chat)) return 'none';
      if (chat.kind === 'internal') return chat.company === person.company ? 'write' : 'none';
      if (!chat.accounts.includes(person.account)) return 'none';
      const other = directory.person(chat.accounts[0] === person.account ? chat.accounts[1] : chat.accounts[0]);
      if (other === undefined || other.company !== person.company) return 'none';
      if (other.active) return 'write';
      // Somebody who has left: what was written stays readable.
      return directory.hasStarted(document.chat, person.account) ? 'read' : 'none';
    }
  }
}
