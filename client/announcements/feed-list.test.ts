import { expect, test } from 'vitest';
import { feedOf, matchesFilter, readLine } from './feed-list.ts';
import { entry, made } from './test-announcement.ts';

const ids = (list: ReturnType<typeof feedOf>): string[] => list.map((one) => one.announcement.id);

test('what must be answered stands on top, then the newest first', () => {
  const feed = feedOf({ b: entry({ id: 'b', acknowledge: {}, sentAt: 1 }) }, [
    made({ id: 'old', sentAt: 10 }),
    made({ id: 'new', sentAt: 20 }),
  ]);
  expect(ids(feed)).toEqual(['b', 'new', 'old']);
});

test('what is live on the page wins over an older listing, and loses to a newer one', () => {
  const here = { a: entry({ revision: 2, title: 'here' }) };
  expect(feedOf(here, [made({ revision: 1, title: 'listed' })])[0]?.announcement.title).toBe('here');
  expect(feedOf(here, [made({ revision: 3, title: 'listed' })])[0]?.announcement.title).toBe('listed');
});

test('the line stands below what is new and not pinned, and nowhere if all is new', () => {
  const feed = feedOf({ p: entry({ id: 'p', acknowledge: {}, sentAt: 1 }) }, [
    made({ id: 'new', sentAt: 30 }),
    made({ id: 'old', sentAt: 20 }),
  ]);
  expect(readLine(feed, new Set(['new']))).toBe(2);
  expect(readLine(feed, new Set(['p']))).toBeUndefined();
  expect(readLine(feed, new Set(['new', 'old']))).toBeUndefined();
});

test('filters: unread, and to be answered', () => {
  expect(matchesFilter(entry(), 'unread')).toBe(true);
  expect(matchesFilter(entry(), 'answer')).toBe(false);
  expect(matchesFilter(entry({ acknowledge: {}, mine: { state: 'seen' } }), 'answer')).toBe(true);
});
