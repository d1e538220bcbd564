import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FrameWatch } from './frame-watch.ts';
import { Intake, MESSAGE_TIMEOUT_MS, UNFINISHED_MAX_BYTES } from './intake.ts';

/** A masked frame of a client; its content does not matter here. */
function frame(opcode: number, bytes: number, fin = true): Buffer {
  const length =
    bytes < 126
      ? Buffer.from([0x80 | bytes])
      : bytes < 65_536
        ? Buffer.from([0x80 | 126, bytes >> 8, bytes & 0xff])
        : Buffer.from([0x80 | 127, 0, 0, 0, 0, ...new Uint8Array(new Uint32Array([bytes]).buffer).reverse()]);
  return Buffer.concat([Buffer.from([(fin ? 0x80 : 0) | opcode]), length, Buffer.alloc(4 + bytes)]);
}

const TEXT = 1;
const CONTINUATION = 0;
const PING = 9;

test('however frames are cut into segments, the end of each message is seen, and nothing is held after it', () => {
  const piece = fc.integer({ min: 0, max: 300 });
  const messages = fc.array(fc.array(piece, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 });
  const cuts = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 });
  fc.assert(
    fc.property(messages, cuts, (sizesOfParts, sizes) => {
      const frames: Buffer[] = [];
      const ends = new Set<number>();
      let length = 0;
      const add = (bytes: Buffer): void => {
        frames.push(bytes);
        length += bytes.length;
      };
      for (const parts of sizesOfParts) {
        for (const [at, size] of parts.entries()) {
          if (at > 0) add(frame(PING, 3));
          add(frame(at === 0 ? TEXT : CONTINUATION, size, at === parts.length - 1));
        }
        ends.add(length);
      }
      const bytes = Buffer.concat(frames);
      const watch = new FrameWatch();
      for (let at = 0, step = 0; at < length; step += 1) {
        const next = Math.min(length, at + sizes[step % sizes.length]!);
        expect(watch.push(bytes.subarray(at, next))).toBe([...ends].some((end) => end > at && end <= next));
        expect(watch.unfinished).toBe(!ends.has(next));
        at = next;
      }
      expect(watch.held).toBe(0);
    }),
    { numRuns: 200 },
  );
});

test('a message in parts is unfinished until its last one, whatever control frames come between', () => {
  const watch = new FrameWatch();
  expect(watch.push(frame(TEXT, 70_000, false))).toBe(false);
  expect([watch.unfinished, watch.held]).toEqual([true, 70_000]);
  expect(watch.push(frame(PING, 125))).toBe(false);
  expect([watch.unfinished, watch.held]).toEqual([true, 70_000]);
  expect(watch.push(frame(CONTINUATION, 0, true))).toBe(true);
  expect([watch.unfinished, watch.held]).toEqual([false, 0]);
});

test('a header alone, and one of 2 GiB, leave a message unfinished', () => {
  const watch = new FrameWatch();
  watch.push(Buffer.from([0x81]));
  expect(watch.unfinished).toBe(true);
  watch.push(Buffer.from([0x80 | 127, 0, 0, 0, 0, 0x80, 0, 0, 0, 1, 2, 3, 4]));
  expect([watch.unfinished, watch.held]).toEqual([true, 0]);
});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp(unfinished = { bytes: 0 }) {
  const socket = new EventEmitter() as Duplex;
  const [onLate, onExcess] = [vi.fn(), vi.fn()];
  const intake = new Intake({ socket, unfinished, onLate, onExcess });
  return { intake, onLate, onExcess, unfinished, send: (bytes: Buffer) => socket.emit('data', bytes) };
}

test('[T71] a message that is not whole ten seconds after its first byte is late, even if it trickles', () => {
  const { send, onLate } = setUp();
  const bytes = frame(TEXT, 50);
  for (let at = 0; at < 10; at += 1) {
    send(bytes.subarray(at, at + 1));
    vi.advanceTimersByTime(MESSAGE_TIMEOUT_MS / 10 - (at === 9 ? 1 : 0));
  }
  expect(onLate).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(onLate).toHaveBeenCalledOnce();
});

test('each message has the ten seconds for itself, and silence between messages is none of it', () => {
  const { send, onLate } = setUp();
  const bytes = frame(TEXT, 50);
  for (let count = 0; count < 5; count += 1) {
    send(bytes.subarray(0, 20));
    vi.advanceTimersByTime(MESSAGE_TIMEOUT_MS - 1);
    // The end of one comes together with the beginning of the next.
    send(Buffer.concat([bytes.subarray(20), bytes.subarray(0, 20)]));
    vi.advanceTimersByTime(MESSAGE_TIMEOUT_MS - 1);
    send(bytes.subarray(20));
    vi.advanceTimersByTime(10 * MESSAGE_TIMEOUT_MS);
  }
  expect(onLate).not.toHaveBeenCalled();
});

test('[T71] all unfinished messages together hold at most 64 MiB: who would pass that is cut off, the rest stays', () => {
  const unfinished = { bytes: 0 };
  const part = frame(TEXT, 60 * 1024, false);
  const most = Math.floor(UNFINISHED_MAX_BYTES / (60 * 1024));
  const peers = Array.from({ length: most }, () => setUp(unfinished));
  for (const { send } of peers) send(part);
  expect(peers.some(({ onExcess }) => onExcess.mock.calls.length > 0)).toBe(false);
  const last = setUp(unfinished);
  last.send(part);
  expect(last.onExcess).toHaveBeenCalledOnce();
  last.intake.close();
  expect(unfinished.bytes).toBe(most * 60 * 1024);
  peers[0]!.send(frame(CONTINUATION, 10, true));
  const next = setUp(unfinished);
  next.send(part);
  expect(next.onExcess).not.toHaveBeenCalled();
});

test('a connection that ended holds nothing and waits for nothing', () => {
  const { send, intake, onLate, unfinished } = setUp();
  send(frame(TEXT, 1_000, false));
  expect(unfinished.bytes).toBe(1_000);
  intake.close();
  send(frame(CONTINUATION, 1_000, false));
  vi.advanceTimersByTime(2 * MESSAGE_TIMEOUT_MS);
  expect(unfinished.bytes).toBe(0);
  expect(onLate).not.toHaveBeenCalled();
});
