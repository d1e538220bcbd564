import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  BINARY,
  CLOSE,
  CONTINUATION,
  closeFrame,
  type FrameOptions,
  frame,
  PING,
  PONG,
  TEXT,
} from './frames.ts';
import { type Subject, startEcho, startEndpoint } from './subjects.ts';

const subjects: Record<string, Subject> = {};

beforeAll(async () => {
  [subjects.echo, subjects.endpoint] = await Promise.all([startEcho(), startEndpoint()]);
});
afterAll(() => Promise.all(Object.values(subjects).map((subject) => subject.stop())));

const NOT_UTF8 = Buffer.from('fe83ff', 'hex');

describe.each(['echo', 'endpoint'])('%s', (name) => {
  /** Sends each case over a connection of its own, in one piece with a ping behind it: what closed it, and what came. */
  async function verdicts(cases: Buffer[][]): Promise<{ code: number | undefined; frames: number }[]> {
    return Promise.all(
      cases.map(async (bytes) => {
        const socket = await subjects[name]!.open();
        socket.send(...bytes, frame(PING, 'behind'));
        const { code, frames } = await socket.ended;
        return { code, frames: frames.length };
      }),
    );
  }
  const refused = (cases: unknown[]) => cases.map(() => ({ code: 1002, frames: 0 }));

  test('[T2] a ping is answered with its own payload, byte by byte too; a pong that nobody asked for with nothing', async () => {
    const payloads = [Buffer.alloc(0), Buffer.from('text'), NOT_UTF8, Buffer.alloc(125, 0xfe)];
    const socket = await subjects[name]!.open();
    for (const payload of payloads) {
      socket.send(frame(PONG, payload), frame(PING, payload));
      expect(await socket.next()).toEqual({ opcode: PONG, fin: true, payload });
      await socket.trickle(frame(PING, payload));
      expect(await socket.next()).toEqual({ opcode: PONG, fin: true, payload });
    }
    socket.send(closeFrame(1000));
    expect(await socket.ended).toMatchObject({ code: 1000, frames: [] });
  });

  test('[T3] a control frame of 126 bytes closes with 1002', async () => {
    const cases = [PING, PONG, CLOSE].map((opcode) => [frame(opcode, Buffer.alloc(126))]);
    expect(await verdicts(cases)).toEqual(refused(cases));
  });

  test('[T4] ten pings back to back get ten pongs in order, and the connection stays', async () => {
    const socket = await subjects[name]!.open();
    const pings = Array.from({ length: 10 }, (_, at) => frame(PING, `ping ${at}`));
    for (const way of [() => socket.send(...pings), () => socket.trickle(Buffer.concat(pings))]) {
      await way();
      for (let at = 0; at < 10; at += 1) expect((await socket.next()).payload.toString()).toBe(`ping ${at}`);
    }
    socket.send(frame(TEXT, subjects[name]!.message));
    expect(subjects[name]!.isAnswer(await socket.next())).toBe(true);
    socket.destroy();
  });

  test('[T4] [FRM-1] more pings than twenty in one flight are no heartbeat: the connection is cut', async () => {
    const socket = await subjects[name]!.open();
    socket.send(...Array.from({ length: 1_000 }, () => frame(PING)));
    expect((await socket.ended).code).toBeUndefined();
  });

  test('[T5] [T18] any reserved bit closes with 1002, RSV1 too, as compression is off; nothing behind it is read', async () => {
    const cases = [TEXT, BINARY, PING, CLOSE].flatMap((opcode) =>
      [1, 2, 3, 4, 5, 6, 7].map((rsv) => [frame(opcode, opcode === CLOSE ? '\x03\xe8' : 'x', { rsv })]),
    );
    expect(await verdicts(cases)).toEqual(refused(cases));
  });

  test('[T6] an opcode that means nothing closes with 1002; the message before it is handled, the ping behind it is not', async () => {
    const { message, isAnswer, open } = subjects[name]!;
    const cases = [3, 4, 5, 6, 7, 11, 12, 13, 14, 15].flatMap((opcode) => [
      [frame(TEXT, message), frame(opcode), frame(PING)],
      [frame(TEXT, message), frame(opcode, 'payload'), frame(PING)],
    ]);
    const got = await Promise.all(
      cases.map(async (bytes) => {
        const socket = await open();
        socket.send(...bytes);
        const { code, frames } = await socket.ended;
        return { code, answers: frames.map(isAnswer) };
      }),
    );
    expect(got).toEqual(cases.map(() => ({ code: 1002, answers: [true] })));
  });

  test('[T7] a control frame in fragments closes with 1002', async () => {
    const cases = [PING, PONG].map((opcode) => [
      frame(opcode, 'frag', { fin: false }),
      frame(CONTINUATION, 'ments'),
    ]);
    expect(await verdicts(cases)).toEqual(refused(cases));
  });

  test('[T9] a continuation of nothing, and a message inside a message, close with 1002', async () => {
    const { message } = subjects[name]!;
    const unfinished = frame(TEXT, message, { fin: false });
    const cases = [
      [frame(CONTINUATION, message)],
      [frame(CONTINUATION, message, { fin: false })],
      [frame(CONTINUATION, ''), frame(TEXT, message)],
      [unfinished, frame(TEXT, message)],
      [unfinished, frame(BINARY, message)],
      [unfinished, frame(PING), frame(TEXT, message, { fin: false })],
    ];
    const got = await verdicts(cases);
    // The ping inside the last one is rightly answered before the fault.
    expect(got.pop()).toEqual({ code: 1002, frames: 1 });
    expect(got).toEqual(refused(got));
  });

  test('[T16] a frame without a mask closes with 1002', async () => {
    const { message } = subjects[name]!;
    const cases = [TEXT, BINARY, PING, PONG, CLOSE].map((opcode) => [
      frame(opcode, opcode === CLOSE ? '' : message, { mask: false }),
    ]);
    expect(await verdicts(cases)).toEqual(refused(cases));
  });

  test('[T17] absurd lengths close with 1009 by the header alone, and nothing is set aside for them', async () => {
    const claims = [1n << 63n, (1n << 64n) - 1n, (1n << 53n) + 1n, 1n << 53n, (1n << 53n) - 1n, 1n << 31n];
    const cases = claims.flatMap((claim) => [TEXT, BINARY].map((opcode) => ({ opcode, claim })));
    const sockets = await Promise.all(cases.map(() => subjects[name]!.open()));
    const before = process.memoryUsage().arrayBuffers;
    for (const [at, { opcode, claim }] of cases.entries()) sockets[at]!.send(frame(opcode, '', { claim }));
    const ends = await Promise.all(sockets.map(({ ended }) => ended));
    expect(ends.map(({ code }) => code)).toEqual(cases.map(() => 1009));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(cases.length * 2 ** 20);
  });

  test('[T17] [FRM-1] a length in more bytes than it needs is read as what it says: ws does not insist on the shortest form', async () => {
    const { open, message, isAnswer } = subjects[name]!;
    const forms: FrameOptions[] = [{ lengthBits: 16 }, { lengthBits: 64 }];
    for (const form of forms) {
      const socket = await open();
      socket.send(frame(TEXT, message, form));
      expect(isAnswer(await socket.next())).toBe(true);
      // In a control frame the length must fit into seven bits.
      socket.send(frame(PING, 'ping', form));
      expect(await socket.ended).toMatchObject({ code: 1002, frames: [] });
    }
  });

  test('[T18] [T73] compression is not negotiated, whatever is offered', async () => {
    const offers = [
      'permessage-deflate',
      'permessage-deflate; client_max_window_bits',
      'permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=9',
      'x-webkit-deflate-frame',
    ];
    for (const offer of offers) {
      const socket = await subjects[name]!.open({ 'Sec-WebSocket-Extensions': offer });
      expect(socket.head.toLowerCase()).not.toContain('sec-websocket-extensions');
      socket.destroy();
    }
  });
});
