import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventParser } from '../test/event-parser.ts';
import { fieldLines } from './event-fields.ts';

/** What a reader makes of it, the bytes arriving in two parts. */
function received(text: string, splitAt = 0): EventParser {
  const bytes = Buffer.from(text);
  const parser = new EventParser();
  parser.push(bytes.subarray(0, splitAt % (bytes.length + 1)));
  parser.push(bytes.subarray(splitAt % (bytes.length + 1)));
  return parser;
}

/** Text that is rich in what ends lines and fields. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\r',
        '\n',
        '\r\n',
        '\0',
        ':',
        ' ',
        '\n\n',
        '\ndata: ',
        '\nid: 7',
        '\nevent: x',
        '\u2028',
        '\ufeff',
      ),
      fc.string({ unit: 'grapheme' }),
    ),
  )
  .map((parts) => parts.join(''));

test('[T64] whatever the data, a reader gets it back as one event, its line ends as LF', () => {
  fc.assert(
    fc.property(text, fc.nat(), (data, splitAt) => {
      const { events } = received(`${fieldLines({ event: 'publication', id: 'abc', data })}\n`, splitAt);
      expect(events).toEqual([
        { event: 'publication', data: data.replace(/\r\n|\r/g, '\n'), lastEventId: 'abc' },
      ]);
    }),
  );
});

test('[T64] a name or an id either comes back as it is, or is refused', () => {
  fc.assert(
    fc.property(text, fc.constantFrom('event' as const, 'id' as const), (value, field) => {
      const write = (): string => `${fieldLines({ [field]: value, data: '1' })}\n`;
      if (/[\r\n\0]/.test(value)) {
        expect(write).toThrow(/neither CR, LF nor NUL/);
        return;
      }
      const [event] = received(write()).events;
      expect(field === 'id' ? event?.lastEventId : event?.event).toBe(
        field === 'event' && value === '' ? 'message' : value,
      );
    }),
  );
});

test.each(['\r', '\n', '\r\n', '\0'])('[T64] %j in a name or an id is refused', (sign) => {
  expect(() => fieldLines({ event: `a${sign}id: 9` })).toThrow();
  expect(() => fieldLines({ id: `a${sign}data: x` })).toThrow();
});

test('retry is a whole number of milliseconds', () => {
  expect(received(fieldLines({ retryMs: 1_234.5 })).retryMs).toBe(1_235);
});
