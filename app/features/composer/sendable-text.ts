/** What of a typed text is sent: well-formed Unicode, without blank lines before and white space after; '' when nothing is left. */
export const sendableText = (typed: string): string =>
  typed
    .toWellFormed()
    .replace(/^(?:\s*\n)+/, '')
    .trimEnd();
