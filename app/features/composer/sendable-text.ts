/** Line ends of other systems and documents, as a paste can bring them along: each is one line break here. */
const LINE_ENDS = /\r\n?|[\v\f\u0085\u2028\u2029]/g;

/** What of a typed text is sent: well-formed Unicode, without blank lines before and white space after; '' when nothing is left. */
export const sendableText = (typed: string): string =>
  typed
    .toWellFormed()
    .replace(LINE_ENDS, '\n')
    .replace(/^(?:\s*\n)+/, '')
    .trimEnd();
