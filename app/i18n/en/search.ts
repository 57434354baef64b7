import { plural } from '../plural.ts';
import type { search as German } from '../de/search.ts';

const many = plural('en');
const parts = (left: number, total: number): string =>
  `${many(left, { one: '#', other: '#' })} of ${many(total, { one: '# part', other: '# parts' })} left`;

export const search: typeof German = {
  search: {
    title: 'Search messages',
    open: 'Search this chat',
    close: 'Close the search',
    clear: 'Clear the phrase',
    inAll: 'Search all chats',
    inChat: (name: string) => `Search “${name}”`,
    where: 'Where to search',
    thisChat: 'This chat',
    allChats: 'All chats',
    sender: 'Sender',
    anybody: 'Any sender',
    period: 'Period',
    periods: {
      any: 'Any time',
      today: 'Today',
      week: 'Last 7 days',
      month: 'Last 30 days',
      year: 'Last 365 days',
      between: 'Period …',
    },
    from: 'From',
    until: 'Until',
    hint: 'The exact wording is searched for',
    hintText: 'Type words as they stand in the message. The last one may be unfinished.',
    cut: 'The phrase is very long; only its beginning is searched for.',
    results: 'Results',
    inside: 'Inside words',
    searching: 'Searching …',
    preparing: 'Getting ready to search …',
    delayed: 'The search can’t be started right now. It will be tried again.',
    count: (count: number) => many(count, { one: '# result', other: '# results' }),
    countMore: (count: number) => many(count, { one: 'More than # result', other: 'More than # results' }),
    tooMany: (count: number) =>
      many(count, {
        one: 'The newest result is shown. Narrow the search to see others.',
        other: 'The newest # results are shown. Narrow the search to see others.',
      }),
    nothing: 'Nothing found',
    nothingText: 'No message has exactly this wording. Check the spelling, or search for fewer words.',
    nothingFiltered: 'With these filters no message has exactly this wording.',
    nothingYet: 'No message with exactly this wording so far. Not everything has been searched yet.',
    searched: (count: number) => many(count, { one: '# message', other: '# messages' }),
    since: (day: string) => `since ${day}`,
    reading: (pages: number) => many(pages, { one: 'Still reading: # section', other: 'Still reading: # sections' }),
    missing: 'Not all of it has been loaded on this device.',
    pauseHistory: 'Pause loading',
    continueHistory: 'Continue loading',
    history: {
      fetching: (left, total) => `Still loading earlier messages: ${parts(left, total)}.`,
      waiting: (left, total) => `Earlier messages will be loaded later: ${parts(left, total)}.`,
      paused: (left, total) => `Loading earlier messages is paused: ${parts(left, total)}.`,
      'no-room': (left, total) => `There is no room on this device for earlier messages: ${parts(left, total)}.`,
    },
    storageFull: 'This device’s storage is full: what is new is searched, but not kept for the next start.',
    storageFailed: 'This device’s storage does not answer. Results may be missing; it will be tried again.',
    messages: 'Messages',
    all: 'All results in messages',
  },
};
