import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BINARY, CONTINUATION, closeFrame, fragments, frame, PING, PONG, TEXT } from './frames.ts';
import type { RawWebSocket } from './raw-web-socket.ts';
import { MAX_MESSAGE_BYTES, type Subject, startEcho, startEndpoint } from './subjects.ts';

let echo: Subject;
let endpoint: Subject;

beforeAll(async () => {
  [echo, endpoint] = await Promise.all([startEcho(), startEndpoint()]);
});
afterAll(() => Promise.all([echo.stop(), endpoint.stop()]));

const SIZES = [0, 125, 126, 127, 128, 65_535, 65_536];
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const utf8 = Buffer.from('κόσμε, \u{1f6a2}, \u{10ffff}, \u0000, \ufffd, é');

async function closeCleanly(socket: RawWebSocket): Promise<void> {
  socket.send(closeFrame(1000));
  expect(await socket.ended).toMatchObject({ code: 1000, frames: [] });
}

describe('whole messages', () => {
  test('[T1] text and binary of every length form come back as they were, also in pieces of 997 bytes', async () => {
    const cases = [TEXT, BINARY].flatMap((opcode) => SIZES.map((size) => ({ opcode, size })));
    const socket = await echo.open();
    for (const { opcode, size } of cases) {
      const payload = Buffer.alloc(size, 'abcdefghij');
      socket.send(frame(opcode, payload));
      await socket.trickle(frame(opcode, payload), 997);
      for (const echoed of [await socket.next(), await socket.next()]) {
        expect([echoed.opcode, echoed.fin, echoed.payload.equals(payload)]).toEqual([opcode, true, true]);
      }
    }
    await closeCleanly(socket);
  });

  test('[T1] the endpoint refuses binary of every length with 1003', async () => {
    const codes = await Promise.all(
      SIZES.map(async (size) => {
        const socket = await endpoint.open();
        socket.send(frame(BINARY, Buffer.alloc(size)), frame(TEXT, endpoint.message));
        const { code, frames } = await socket.ended;
        return [code, frames.length];
      }),
    );
    expect(codes).toEqual(SIZES.map(() => [1003, 0]));
  });

  test('[T1] a message of the limit is read; one byte more is refused with 1009 by its header alone', async () => {
    for (const subject of [echo, endpoint]) {
      const pad = ' '.repeat(MAX_MESSAGE_BYTES - subject.message.length);
      const most = await subject.open();
      most.send(frame(TEXT, subject.message + pad));
      expect((await most.next()).payload.length).toBeGreaterThan(0);
      await closeCleanly(most);

      const whole = await subject.open();
      whole.send(frame(TEXT, '', { claim: BigInt(MAX_MESSAGE_BYTES + 1) }));
      expect(await whole.ended).toMatchObject({ code: 1009, frames: [] });

      const parts = await subject.open();
      parts.send(frame(TEXT, Buffer.alloc(MAX_MESSAGE_BYTES, ' '), { fin: false }));
      parts.send(frame(CONTINUATION, 'x', { fin: false }));
      expect(await parts.ended).toMatchObject({ code: 1009, frames: [] });
    }
  });
});

describe('messages in fragments', () => {
  test('[T8] two and five fragments make one message, with pings between them answered at once', async () => {
    for (const size of [3, 7]) {
      const parts = fragments(TEXT, 'fragments!!!!', size);
      expect(parts.length).toBe(size === 3 ? 5 : 2);
      const socket = await echo.open();
      for (const [at, part] of parts.entries()) {
        socket.send(part);
        if (at === parts.length - 1) break;
        socket.send(frame(PING, `between ${at}`));
        expect(await socket.next()).toMatchObject({ opcode: PONG, payload: Buffer.from(`between ${at}`) });
      }
      expect(await socket.next()).toMatchObject({ opcode: TEXT, payload: Buffer.from('fragments!!!!') });
      await closeCleanly(socket);
    }
  });

  test('[T8] so they do in one piece, byte by byte, with pauses, and with empty fragments', async () => {
    const flight = Buffer.concat([
      frame(TEXT, 'fra', { fin: false }),
      frame(PING, 'one'),
      frame(CONTINUATION, '', { fin: false }),
      frame(CONTINUATION, 'gme', { fin: false }),
      frame(PING, 'two'),
      frame(CONTINUATION, 'nts'),
    ]);
    const ways: ((socket: RawWebSocket) => void | Promise<void>)[] = [
      (socket) => socket.send(flight),
      (socket) => socket.trickle(flight),
      async (socket) => {
        for (const half of [flight.subarray(0, 20), flight.subarray(20)]) {
          socket.send(half);
          await sleep(50);
        }
      },
    ];
    await Promise.all(
      ways.map(async (way) => {
        const socket = await echo.open();
        await way(socket);
        const got = [await socket.next(), await socket.next(), await socket.next()];
        expect(got.map(({ opcode, payload }) => [opcode, payload.toString()])).toEqual([
          [PONG, 'one'],
          [PONG, 'two'],
          [TEXT, 'fragments'],
        ]);
        await closeCleanly(socket);
      }),
    );
  });

  test('[T8] [T72] [FRM-1] a message may come in 256 fragments; one more closes with 1008', async () => {
    for (const subject of [echo, endpoint]) {
      const message = subject.message.padEnd(256);
      const socket = await subject.open();
      socket.send(...fragments(TEXT, message, 1));
      expect((await socket.next()).opcode).toBe(TEXT);
      socket.send(...fragments(TEXT, `${message} `, 1), frame(PING));
      expect(await socket.ended).toMatchObject({ code: 1008, frames: [] });
    }
  });
});

describe('UTF-8', () => {
  /** Ways to cut a text: whole, at every byte into frames, at every byte on the wire. */
  const cuts: Record<string, (payload: Buffer) => { frames: Buffer[]; trickled: boolean }> = {
    'in one frame': (payload) => ({ frames: [frame(TEXT, payload)], trickled: false }),
    'a byte a frame': (payload) => ({ frames: fragments(TEXT, payload, 1), trickled: false }),
    'a byte a write': (payload) => ({ frames: [frame(TEXT, payload)], trickled: true }),
  };

  async function send(socket: RawWebSocket, payload: Buffer, how: string): Promise<void> {
    const { frames, trickled } = cuts[how]!(payload);
    if (trickled) await socket.trickle(Buffer.concat(frames));
    else socket.send(...frames);
  }

  test.each(Object.keys(cuts))('[T10] valid UTF-8 comes back unchanged, sent %s', async (how) => {
    const valid = [
      utf8,
      hex('ce ba e1 bd b9 cf 83 ce bc ce b5'),
      ...['00', '7f', 'c2 80', 'df bf', 'e0 a0 80', 'ed 9f bf', 'ee 80 80', 'ef bf bd', 'ef bf bf'].map(hex),
      ...['f0 90 80 80', 'f4 8f bf bf', 'ef bf be', 'f0 9f bf be', 'f3 bf bf bf'].map(hex),
    ];
    const socket = await echo.open();
    for (const payload of valid) {
      await send(socket, payload, how);
      expect(await socket.next()).toEqual({ opcode: TEXT, fin: true, payload });
    }
    await closeCleanly(socket);
  });

  const invalid = {
    overlong: ['c0 af', 'c1 bf', 'e0 80 af', 'e0 9f bf', 'f0 80 80 af', 'f0 8f bf bf', 'c0 80'],
    surrogate: ['ed a0 80', 'ed ad bf', 'ed bf bf', 'ed a0 80 ed b0 80'],
    'above U+10FFFF': ['f4 90 80 80', 'f5 80 80 80', 'f7 bf bf bf'],
    'lone continuation': ['80', 'bf', '80 bf 80', '61 80 62'],
    'five or six bytes': ['f8 88 80 80 80', 'fc 84 80 80 80 80', 'fb bf bf bf bf', 'fd bf bf bf bf bf'],
    'never a byte': ['fe', 'ff', 'fe fe ff ff'],
    truncated: ['c2', 'df', 'e0 a0', 'ef bf', 'f0 90 80', 'f4 8f bf', '61 ce', 'ce 61', 'e1 bd 61'],
  };

  test.each(Object.entries(invalid))(
    '[T11] %s UTF-8 closes with 1007, however it is cut',
    async (_what, list) => {
      const tries = [echo, endpoint].flatMap((subject) =>
        list.flatMap((text) => Object.keys(cuts).map((how) => ({ subject, text, how }))),
      );
      const got = await Promise.all(
        tries.map(async ({ subject, text, how }) => {
          const socket = await subject.open();
          await send(socket, hex(text), how);
          socket.send(frame(TEXT, subject.message));
          const { code, frames } = await socket.ended;
          return { text, how, code, frames: frames.length };
        }),
      );
      expect(got).toEqual(tries.map(({ text, how }) => ({ text, how, code: 1007, frames: 0 })));
    },
  );

  test('[T12] [FRM-1] bad UTF-8 in the middle closes with 1007 when the message is complete (not before: ws looks at whole messages)', async () => {
    const parts = ['ce ba e1 bd b9 cf 83 ce bc ce b5', 'f4 90 80 80', '65 64 69 74 65 64'].map(hex);
    const inFrames = parts.map((part, at) =>
      frame(at === 0 ? TEXT : CONTINUATION, part, { fin: at === parts.length - 1 }),
    );
    const whole = frame(TEXT, Buffer.concat(parts));
    const inChops = [whole.subarray(0, 17), whole.subarray(17, 21), whole.subarray(21)];
    await Promise.all(
      [echo, endpoint].flatMap((subject) =>
        [inFrames, inChops].map(async (pieces) => {
          const socket = await subject.open();
          for (const piece of pieces) {
            socket.send(piece);
            await sleep(50);
          }
          expect(await socket.ended).toMatchObject({ code: 1007, frames: [] });
        }),
      ),
    );
  });
});
