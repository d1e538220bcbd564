import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { clientFrame, RawSocket } from './raw-socket.ts';
import { startServer, type TestServer } from './start-server.ts';
import type { TestClient } from './test-client.ts';

/** What waits on a busy machine may take; what hangs takes longer. */
const CEILING_MS = 5_000;
const MESSAGE_BYTES = 512 * 1024;
const MIB = 1024 * 1024;
const [TEXT, CONTINUATION] = [1, 0];

// Dozens of password hashes and thousands of sockets, on a machine that may have other work.
vi.setConfig({ testTimeout: 90_000 });

let server: TestServer;
let viewer: TestClient;

beforeAll(async () => {
  server = await startServer({ TRUST_PROXY: 'loopback' });
  viewer = await server.connect();
});
afterAll(() => server.stop());

/** How long a healthy viewer waits for an answer now (ms). */
async function roundTrip(healthy: TestClient): Promise<number> {
  const startedAt = performance.now();
  await healthy.request({ type: 'ping', sentAt: 1 });
  return performance.now() - startedAt;
}

/** Works while a healthy viewer asks again and again. @returns what the work answers, and the longest wait (ms) */
async function beside<T>(
  work: () => Promise<T>,
  healthy = viewer,
): Promise<{ result: T; longestMs: number }> {
  let working = true;
  let longestMs = 0;
  const watch = (async () => {
    while (working) {
      longestMs = Math.max(longestMs, await roundTrip(healthy));
      await sleep(10);
    }
  })();
  try {
    return { result: await work(), longestMs };
  } finally {
    working = false;
    await watch;
  }
}

const authorization = (): Record<string, string> => ({ Authorization: `Bearer ${server.adminKey}` });

/** A WebSocket of our own making, welcomed. */
async function welcomed(headers: Record<string, string> = {}): Promise<RawSocket> {
  const raw = await RawSocket.upgrade(server.url, { ...authorization(), ...headers });
  raw.write(clientFrame(TEXT, '{"type":"hello","protocol":1}'));
  await raw.until('"welcome"');
  return raw;
}

/** The code of the close frame at the end of what came. */
function closeCode(received: string): number {
  const bytes = Buffer.from(received, 'latin1');
  const at = bytes.lastIndexOf(0x88);
  return at < 0 ? 0 : bytes.readUInt16BE(at + 2);
}

describe('[T70] bodies', () => {
  const limit = 4 * 1024;
  const path = '/api/v1/session';
  const body = (bytes: number): string => `{"login":"${'x'.repeat(bytes - 12)}"}`;

  async function post(headers: Record<string, string>, ...parts: (string | Buffer)[]): Promise<string> {
    const raw = await RawSocket.open(server.url);
    raw.request(`POST ${path}`, { 'Content-Type': 'application/json', Connection: 'close', ...headers });
    for (const part of parts) raw.write(part);
    return (await raw.closed).slice(9, 12);
  }
  const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;

  test.each([
    [limit - 1, '400'],
    [limit, '400'],
    [limit + 1, '413'],
  ])('of %i bytes, with a length and without, are %s', async (bytes, status) => {
    const text = body(bytes);
    expect(await post({ 'Content-Length': String(bytes) }, text)).toBe(status);
    const chunked = { 'Transfer-Encoding': 'chunked' };
    expect(await post(chunked, chunk(text.slice(0, 100)), chunk(text.slice(100)), '0\r\n\r\n')).toBe(status);
  });

  test('a length beyond the limit is refused before the body comes, an endless body as soon as it is too long', async () => {
    expect(await post({ 'Content-Length': String(1024 * MIB) })).toBe('413');
    expect(await post({ 'Transfer-Encoding': 'chunked' }, chunk('x'.repeat(limit)), chunk('xx'))).toBe('413');
  });

  test('a length that says less than comes, or two lengths, are no way in', async () => {
    const smuggled = `${body(30)}GET /api/v1/boards HTTP/1.1\r\n\r\n`;
    expect(await post({ 'Content-Length': '30' }, smuggled)).toBe('400');
    expect(await post({ 'Content-Length': '30', 'Transfer-Encoding': 'chunked' }, body(30))).toBe('400');
  });

  test.each([
    ['gzip', gzipSync(Buffer.alloc(64 * MIB))],
    ['br', brotliCompressSync(Buffer.alloc(8 * MIB))],
  ])('what is packed with %s is refused and never unpacked', async (encoding, packed) => {
    const before = process.memoryUsage().rss;
    const headers = { 'Content-Encoding': encoding, 'Content-Length': String(packed.length) };
    expect(await post(headers, packed)).toBe('415');
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * MIB);
  });
});

describe('WebSocket messages', () => {
  const publish = (bytes: number): string => {
    const around = '{"type":"ping","sentAt":1,"id":1}';
    return around + ' '.repeat(bytes - around.length);
  };

  test('[T71] of the limit are taken, of one byte more closed with 1009, also in parts', async () => {
    for (const bytes of [MESSAGE_BYTES - 1, MESSAGE_BYTES]) {
      const raw = await welcomed();
      raw.write(clientFrame(TEXT, publish(bytes)));
      await raw.until('"pong"');
      raw.socket.destroy();
    }
    const whole = await welcomed();
    whole.write(clientFrame(TEXT, publish(MESSAGE_BYTES + 1)));
    expect(closeCode(await whole.closed)).toBe(1009);
    const parts = await welcomed();
    parts.write(clientFrame(TEXT, publish(MESSAGE_BYTES), false));
    parts.write(clientFrame(CONTINUATION, ' '));
    expect(closeCode(await parts.closed)).toBe(1009);
  });

  test('[T71] a header that announces 2 GiB is closed with 1009 at once, without its payload', async () => {
    const raw = await welcomed();
    raw.write(Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0]));
    expect(closeCode(await raw.closed)).toBe(1009);
  });

  test('[T72] endless empty parts are closed with 1008, and take no memory', async () => {
    const raw = await welcomed();
    const before = process.memoryUsage().rss;
    raw.write(clientFrame(TEXT, '', false));
    raw.write(Buffer.concat(Array.from({ length: 100_000 }, () => clientFrame(CONTINUATION, '', false))));
    expect(closeCode(await raw.closed)).toBe(1008);
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * MIB);
  });

  test('[T72] 256 parts are a message, and not one more', async () => {
    const inParts = (count: number): Buffer =>
      Buffer.concat([
        clientFrame(TEXT, '{"type":"ping","sentAt":1,"id":1', false),
        ...Array.from({ length: count - 2 }, () => clientFrame(CONTINUATION, ' ', false)),
        clientFrame(CONTINUATION, '}'),
      ]);
    for (const count of [255, 256]) {
      const raw = await welcomed();
      raw.write(inParts(count));
      await raw.until('"pong"');
      raw.socket.destroy();
    }
    const raw = await welcomed();
    raw.write(inParts(257));
    expect(closeCode(await raw.closed)).toBe(1008);
  });

  test('[T72] a message that comes byte by byte is a message', async () => {
    const raw = await welcomed();
    raw.socket.setNoDelay(true);
    for (const byte of clientFrame(TEXT, '{"type":"ping","sentAt":1,"id":1}')) {
      raw.write(Buffer.from([byte]));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await raw.until('"pong"');
    raw.socket.destroy();
  });

  test('[T73] compression is not negotiated, however it is offered, and a compressed frame is refused', async () => {
    for (const offer of [
      'permessage-deflate',
      'permessage-deflate; client_max_window_bits; server_max_window_bits=8; client_no_context_takeover',
      'permessage-deflate; server_no_context_takeover, x-webkit-deflate-frame',
    ]) {
      const raw = await welcomed({ 'Sec-WebSocket-Extensions': offer });
      expect(raw.received).not.toMatch(/^Sec-WebSocket-Extensions/im);
      const compressed = clientFrame(TEXT, 'x');
      compressed[0]! |= 0x40;
      raw.write(compressed);
      expect(closeCode(await raw.closed)).toBe(1002);
    }
  });
});

describe('too much of it', () => {
  test('[T75] who floods is closed with 4429, and others notice nothing', async () => {
    const { cookie } = await server.signIn('flood', 'viewer');
    const { result, longestMs } = await beside(async () => {
      const person = { cookie, origin: server.url };
      const flooding = await Promise.all(Array.from({ length: 20 }, () => server.connect(person)));
      for (const one of flooding) for (let at = 0; at < 500; at += 1) one.send({ type: 'ping', sentAt: 1 });
      return Promise.all(flooding.map(({ closed }) => closed));
    });
    expect(result.map(({ code }) => code)).toEqual(result.map(() => 4429));
    expect(longestMs).toBeLessThan(CEILING_MS);
  });

  test('[T76] [REC-6] subscribing to 3,000 names creates nothing that lasts', async () => {
    const client = await server.connect();
    client.messages.length = 0;
    for (let at = 0; at < 3_000; at += 250) {
      const some = Array.from({ length: 250 }, (_, id) => ({ id, channel: `nothing.${at + id}` }));
      client.send(...some.map((one) => ({ type: 'subscribe', ...one })));
      client.send(...some.map((one) => ({ type: 'unsubscribe', ...one })));
      await client.until(() => client.messages.length === 500);
      expect(client.all('subscribed')).toHaveLength(250);
      client.messages.length = 0;
    }
    const { body } = await server.call<{ channels: unknown[] }>('GET', '/channels?match=nothing.*');
    expect(body.channels).toEqual([]);
    await client.close();
  });

  test('[T77] of 200 sign-ins at once four are worked at and fifty wait; the rest is told to come back', async () => {
    await server.signIn('vera', 'viewer');
    const signIn = (at: number) =>
      fetch(`${server.url}/api/v1/session`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          origin: server.url,
          'x-forwarded-for': `198.51.100.${at}`,
        },
        body: JSON.stringify({ login: `nobody-${at}`, password: 'not the right passphrase' }),
      });
    const before = process.memoryUsage().rss;
    const { result, longestMs } = await beside(() =>
      Promise.all(Array.from({ length: 200 }, (_, at) => signIn(at))),
    );
    const refused = result.filter(({ status }) => status === 503);
    expect(new Set(result.map(({ status }) => status))).toEqual(new Set([401, 503]));
    // Not all of the 200 arrive before the first of them is done.
    expect(result.length - refused.length).toBeGreaterThanOrEqual(54);
    expect(refused.length).toBeGreaterThan(0);
    for (const { headers } of refused) expect(headers.get('retry-after')).toBe('2');
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * MIB);
    expect(longestMs).toBeLessThan(CEILING_MS);
  });

  test('2,000 handshakes that are refused hold nobody up, and each is told when to come again', async () => {
    const storm = await startServer({ MAX_HANDSHAKES_PER_SECOND: '1', TRUST_PROXY: 'loopback' });
    try {
      const inside = await storm.connect();
      // The burst of two is used up, but for what came back meanwhile.
      await storm.connect();
      const { result, longestMs } = await beside(async () => {
        const answers: string[] = [];
        // In waves that the kernel's queue of new connections holds.
        for (let from = 0; from < 2_000; from += 250) {
          const wave = Array.from({ length: 250 }, (_, at) => handshake(storm.url, from + at));
          answers.push(...(await Promise.all(wave)));
        }
        return answers;
      }, inside);
      const refused = result.filter((answer) => !answer.startsWith('HTTP/1.1 101'));
      expect(refused.length).toBeGreaterThan(1_900);
      for (const answer of refused) {
        expect(answer).toMatch(/^HTTP\/1\.1 503 [\s\S]*Retry-After: 1\r\n/);
      }
      expect(longestMs).toBeLessThan(CEILING_MS);
      expect((await fetch(`${storm.url}/healthz`)).status).toBe(200);
    } finally {
      await storm.stop();
    }
  });
});

/** One try to connect, from an address of its own. @returns the head of the answer */
async function handshake(url: string, at: number): Promise<string> {
  const raw = await RawSocket.upgrade(url, {
    ...authorization(),
    'X-Forwarded-For': `10.0.${at >> 8}.${at & 255}`,
  });
  raw.socket.destroy();
  return raw.received;
}
