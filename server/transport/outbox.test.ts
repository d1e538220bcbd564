import { Duplex } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { frameOf } from '../hub/frame.ts';
import { Outbox } from './outbox.ts';

/** A socket that takes everything at once, as a kernel with large buffers does, and keeps what it was given. */
function setUp({ maxBytes = 1_048_576, stuck = false } = {}) {
  const written: Buffer[] = [];
  const socket = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      written.push(chunk);
      if (!stuck) done();
    },
  });
  const ws = { readyState: 1 };
  let clock = 0;
  const onRoom = vi.fn();
  const onOverflow = vi.fn();
  const outbox = new Outbox({
    socket,
    ws,
    maxBytes,
    onRoom,
    onOverflow,
    now: () => clock,
    awake: () => clock,
  });
  return {
    outbox,
    ws,
    written,
    onRoom,
    onOverflow,
    pings: () => written.filter((chunk) => chunk[0] === 0x89).map((chunk) => chunk.subarray(2)),
    pass: (ms: number) => {
      clock += ms;
    },
  };
}

const kilobytes = (count: number) => frameOf([JSON.stringify('x'.repeat(count * 1_024))]);

test('what the kernel hides is measured: without pongs there is room for about 256 KiB and no more', () => {
  const { outbox, written } = setUp();
  let frames = 0;
  while (outbox.hasRoom) {
    outbox.write(kilobytes(10));
    frames += 1;
    expect(frames).toBeLessThan(100);
  }
  expect(frames * 10).toBeGreaterThanOrEqual(256);
  expect(frames * 10).toBeLessThan(300);
  expect(outbox.bufferedBytes).toBeGreaterThanOrEqual(256 * 1_024);
  expect(written.length).toBeGreaterThan(frames);
});

test('each pong makes room for what it confirms, and tells the round-trip time', () => {
  const { outbox, pings, pass, onRoom } = setUp();
  while (outbox.hasRoom) outbox.write(kilobytes(10));
  pass(40);
  expect(outbox.confirm(pings()[1]!)).toBe(40);
  expect(onRoom).toHaveBeenCalled();
  expect(outbox.hasRoom).toBe(true);
  expect(outbox.confirm(pings().at(-1)!)).toBe(40);
  expect(outbox.bufferedBytes).toBe(0);
});

test('a pong that answers none of our pings confirms nothing', () => {
  const { outbox, pings } = setUp();
  while (outbox.hasRoom) outbox.write(kilobytes(10));
  outbox.confirm(pings()[1]!);
  const before = outbox.bufferedBytes;
  expect(outbox.confirm(pings()[0]!)).toBeUndefined();
  expect(outbox.confirm(Buffer.from('nonsense'))).toBeUndefined();
  expect(outbox.bufferedBytes).toBe(before);
});

test('OUTBOX_MAX_BYTES narrows the window', () => {
  const { outbox } = setUp({ maxBytes: 16_384 });
  for (let count = 0; count < 3; count += 1) outbox.write(kilobytes(8));
  expect(outbox.hasRoom).toBe(false);
});

test('nothing is written after the close frame', () => {
  const { outbox, ws, written } = setUp();
  ws.readyState = 2;
  outbox.write(kilobytes(1));
  outbox.ping();
  expect(written).toEqual([]);
});

test('[SLOW-1] what piles up although nobody reads it ends the connection', () => {
  const { outbox, onOverflow } = setUp({ maxBytes: 16_384, stuck: true });
  for (let count = 0; count < 16; count += 1) outbox.write(kilobytes(7));
  expect(onOverflow).not.toHaveBeenCalled();
  for (let count = 0; count < 4; count += 1) outbox.write(kilobytes(7));
  expect(onOverflow).toHaveBeenCalled();
});

test('[SLOW-1] little is sent, but what was sent 4 s ago has not arrived: there is no room until it has', () => {
  const { outbox, pings, pass } = setUp();
  outbox.write(kilobytes(1));
  pass(3_900);
  expect(outbox.hasRoom).toBe(true);
  pass(200);
  expect(outbox.hasRoom).toBe(false);
  outbox.confirm(pings()[0]!);
  expect(outbox.hasRoom).toBe(true);
});

test('each second of data carries one ping, in the same write of the kernel, behind the data', () => {
  const { outbox, pings, pass, written } = setUp();
  for (let tenth = 0; tenth < 50; tenth += 1) {
    outbox.write(kilobytes(1));
    pass(100);
  }
  expect(pings()).toHaveLength(5);
  expect(written.slice(0, 3).map((chunk) => chunk[0])).toEqual([0x81, 0x89, 0x81]);
});
