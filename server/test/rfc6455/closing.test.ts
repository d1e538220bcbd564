import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestServer } from '../start-server.ts';
import { BINARY, CLOSE, CONTINUATION, closeFrame, frame, PING, PONG, TEXT } from './frames.ts';
import { RawWebSocket } from './raw-web-socket.ts';
import { type Subject, startEcho, startEndpoint } from './subjects.ts';

const subjects: Record<string, Subject> = {};
let server: TestServer;

beforeAll(async () => {
  const [echo, endpoint] = await Promise.all([startEcho(), startEndpoint()]);
  Object.assign(subjects, { echo, endpoint });
  server = endpoint.server;
});
afterAll(() => Promise.all(Object.values(subjects).map((subject) => subject.stop())));

describe.each(['echo', 'endpoint'])('%s', (name) => {
  /** How connections end that each send one of these flights in one piece. */
  async function endings(flights: Buffer[][]) {
    return Promise.all(
      flights.map(async (bytes) => {
        const socket = await subjects[name]!.open();
        socket.send(...bytes);
        const { code, reason, frames, closeFrames } = await socket.ended;
        return { code, reason, answers: frames.map(({ opcode }) => opcode), closeFrames };
      }),
    );
  }

  test('[T13] what comes after a close frame is not answered; the close is, once and with its own code', async () => {
    const { message } = subjects[name]!;
    const bye = closeFrame(1000, 'bye');
    const end = { code: 1000, reason: 'bye', answers: [], closeFrames: 1 };
    const large = `${message}${' '.repeat(262_144)}`;
    expect(
      await endings([
        [frame(TEXT, message), bye],
        [bye, bye],
        [bye, frame(PING, 'late')],
        [bye, frame(TEXT, message)],
        [frame(TEXT, message, { fin: false }), bye, frame(CONTINUATION, '')],
        [bye, frame(CONTINUATION, message)],
        [frame(TEXT, large), bye, frame(PING, 'late')],
        [bye, Buffer.alloc(100_000, 0xff)],
      ]),
    ).toEqual([{ ...end, answers: [TEXT] }, end, end, end, end, end, { ...end, answers: [TEXT] }, end]);
  });

  test('[T14] a close payload of 0, 2 and up to 125 bytes is answered in kind; of 1 and of 126 it is refused with 1002', async () => {
    const got = await endings([
      [frame(CLOSE)],
      [frame(CLOSE, 'x')],
      [closeFrame(1000)],
      [closeFrame(1000, 'going home')],
      [closeFrame(1000, 'r'.repeat(123))],
      [closeFrame(1000, 'r'.repeat(124))],
    ]);
    expect(got.map(({ code, reason }) => [code, reason])).toEqual([
      [undefined, ''],
      [1002, ''],
      [1000, ''],
      [1000, 'going home'],
      [1000, 'r'.repeat(123)],
      [1002, ''],
    ]);
    expect(got.map(({ closeFrames }) => closeFrames)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test('[T15] a code that may be sent is echoed, any other refused with 1002, a reason that is not UTF-8 with 1007', async () => {
    const valid = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4400, 4999];
    const invalid = [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535];
    const codes = async (flights: Buffer[][]) => (await endings(flights)).map(({ code }) => code);
    expect(await codes(valid.map((code) => [closeFrame(code)]))).toEqual(valid);
    expect(await codes(invalid.map((code) => [closeFrame(code), frame(PING)]))).toEqual(
      invalid.map(() => 1002),
    );
    const reason = Buffer.from('cebae1bdb9cf83cebcceb5eda080656469746564', 'hex');
    expect(await codes([[closeFrame(1000, reason)]])).toEqual([1007]);
    // Nothing of this harmed anybody else.
    const socket = await subjects[name]!.open();
    socket.send(frame(PING));
    expect((await socket.next()).opcode).toBe(PONG);
    socket.destroy();
  });
});

describe('[T13] what is published after the end is not kept', () => {
  const publish = (channel: string, data: string): Buffer =>
    frame(TEXT, JSON.stringify({ type: 'publish', channel, data }));

  /** What a channel has kept, once a publication that came later is there. */
  async function kept(channel: string): Promise<unknown[]> {
    await server.publish(channel, 'last');
    const { body } = await server.call<{ publications: { data: unknown }[] }>(
      'GET',
      `/channels/${channel}/history`,
    );
    return body.publications.map(({ data }) => data);
  }

  test.each([
    ['a close frame of the client', closeFrame(1000), 1000],
    ['a binary message', frame(BINARY, 'x'), 1003],
    ['text that is not UTF-8', frame(TEXT, Buffer.from([0xff])), 1007],
    ['a broken frame', frame(3), 1002],
    ['a frame without a mask', frame(TEXT, 'x', { mask: false }), 1002],
    ['a message over the limit', frame(TEXT, '', { claim: 1n << 40n }), 1009],
  ])('after %s', async (what, end, code) => {
    const channel = `end.${what.replaceAll(' ', '-')}`;
    const together = await subjects.endpoint!.open();
    together.send(publish(channel, 'before'), end, publish(channel, 'in one piece'));
    const apart = await subjects.endpoint!.open();
    apart.send(end);
    await apart.trickle(publish(channel, 'apart'), 50);
    expect([(await together.ended).code, (await apart.ended).code]).toEqual([code, code]);
    expect(await kept(channel)).toEqual(['before', 'last']);
  });

  test('after a close in the same flight as the hello, and without any hello', async () => {
    const headers = { Authorization: `Bearer ${server.adminKey}` };
    const hello = frame(TEXT, '{"type":"hello","protocol":1}');
    const greeted = await RawWebSocket.open(server.url, headers);
    greeted.send(hello, closeFrame(1000), publish('end.hello', 'behind the close'));
    const strange = await RawWebSocket.open(server.url, headers);
    strange.send(publish('end.hello', 'no hello'), hello, publish('end.hello', 'after 4502'));
    expect([(await greeted.ended).code, (await strange.ended).code]).toEqual([1000, 4502]);
    expect(await kept('end.hello')).toEqual(['last']);
  });
});
