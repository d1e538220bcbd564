import { expect, test, vi } from 'vitest';
import { type Frame, frameOf } from './frame.ts';

/** Reads one unmasked text frame as RFC 6455 5.2 lays it out. */
function received({ bytes: frame }: Frame): string {
  expect(frame[0]).toBe(0x81);
  const short = frame[1]!;
  const [length, start] =
    short < 126
      ? [short, 2]
      : short === 126
        ? [frame.readUInt16BE(2), 4]
        : [Number(frame.readBigUInt64BE(2)), 10];
  expect(frame).toHaveLength(start + length);
  return new TextDecoder('utf-8', { fatal: true }).decode(frame.subarray(start));
}

test.each([0, 1, 125, 126, 65_535, 65_536, 300_000])(
  'a text of %i bytes is framed so that a WebSocket client reads it back',
  (length) => {
    const text = 'x'.repeat(length);
    expect(received(frameOf([text]))).toBe(text);
  },
);

test('one message goes bare, several go as an array', () => {
  expect(received(frameOf(['{"a":"ä€😀"}']))).toBe('{"a":"ä€😀"}');
  expect(received(frameOf(['{"a":1}', '{"b":2}']))).toBe('[{"a":1},{"b":2}]');
});

test('half a surrogate pair, which JSON text may hold, still makes valid UTF-8', () => {
  expect(received(frameOf(['"\ud800"']))).toBe('"\ufffd"');
});

test('the bytes, and each view, are made once and only when somebody asks', () => {
  const frame = frameOf(['{"a":1}', '{"b":2}']);
  expect(frame.bytes).toBe(frame.bytes);
  const count = vi.fn((texts: readonly string[]) => ({ count: texts.length }));
  expect(frame.view(count)).toBe(frame.view(count));
  expect(frame.view(count)).toEqual({ count: 2 });
  expect(count).toHaveBeenCalledTimes(1);
});
