import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FaultProxy, type Line } from './fault-proxy.ts';
import { seededRandom } from './random.ts';

let server: Server;
let proxy: FaultProxy;
/** The server's side of each connection that reached it, and what it has read. */
let reached: Socket[];
let clients: Socket[];

beforeEach(async () => {
  reached = [];
  clients = [];
  server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    reached.push(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy = await FaultProxy.listen((server.address() as AddressInfo).port);
});

afterEach(async () => {
  for (const client of clients) client.destroy();
  await proxy.close();
  for (const socket of reached) socket.destroy();
  server.close();
  await once(server, 'close');
});

/** A client, the proxy's line and the server's end of it. */
async function open(): Promise<{ client: Socket; line: Line; end: Socket }> {
  const before = reached.length;
  const client = connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true });
  clients.push(client);
  await once(client, 'connect');
  await expect.poll(() => reached.length).toBe(before + 1);
  return { client, line: [...proxy.lines].at(-1)!, end: reached.at(-1)! };
}

async function read(socket: Socket, length: number): Promise<Buffer> {
  let got = Buffer.alloc(0);
  while (got.length < length) {
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    got = Buffer.concat([got, chunk]);
  }
  return got;
}

function bytes(length: number): Buffer {
  const random = seededRandom(length);
  return Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
}

test('without a fault both directions carry everything unchanged, and both see an orderly end', async () => {
  const { client, end } = await open();
  const sent = bytes(300_000);
  end.pipe(end);
  client.end(sent);
  expect((await read(client, sent.length)).equals(sent)).toBe(true);
  await expect.poll(() => proxy.lines.size).toBe(0);
});

test('a delayed direction carries late and in order, the other one at once', async () => {
  const { client, line, end } = await open();
  line.up.set({ delayMs: 100, jitterMs: 50 });
  const sentAt = performance.now();
  for (const part of ['a', 'b', 'c', 'd']) client.write(part);
  end.write('now');
  await read(client, 3);
  const backAt = performance.now();
  expect((await read(end, 4)).toString()).toBe('abcd');
  expect(performance.now() - sentAt).toBeGreaterThanOrEqual(99);
  expect(backAt - sentAt).toBeLessThan(performance.now() - sentAt);
});

test('a narrow direction carries no more than its bytes a second', async () => {
  const { client, line, end } = await open();
  line.down.set({ bytesPerSecond: 20_000 });
  const sent = bytes(10_000);
  const sentAt = performance.now();
  end.write(sent);
  expect((await read(client, sent.length)).equals(sent)).toBe(true);
  expect(performance.now() - sentAt).toBeGreaterThan(400);
});

test('small writes arrive as one stream, unchanged', async () => {
  const { client, line, end } = await open();
  line.down.set({ pieceBytes: 1 });
  const sent = bytes(200);
  const chunks: Buffer[] = [];
  client.on('data', (chunk) => chunks.push(chunk));
  end.write(sent);
  await expect.poll(() => Buffer.concat(chunks).equals(sent)).toBe(true);
  expect(chunks.length).toBeGreaterThan(20);
});

test('a stalled line passes nothing and holds its sender up, then passes all of it', async () => {
  const { client, line, end } = await open();
  line.stall();
  const sent = bytes(8_000_000);
  let arrived = 0;
  client.on('data', (chunk) => {
    arrived += chunk.length;
  });
  expect(end.write(sent)).toBe(false);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(arrived).toBe(0);
  expect(end.writableLength).toBeGreaterThan(0);
  line.mend();
  await expect.poll(() => arrived, { timeout: 10_000 }).toBe(sent.length);
});

test('a half-closed line ends one direction only', async () => {
  const { client, line, end } = await open();
  end.resume();
  line.up.end();
  await once(end, 'end');
  end.write('still here');
  expect((await read(client, 10)).toString()).toBe('still here');
});

test('a reset shows as ECONNRESET on both sides', async () => {
  const { client, line, end } = await open();
  const seen = [client, end].map((socket) => once(socket, 'error'));
  line.reset();
  for (const [error] of await Promise.all(seen)) expect(error).toMatchObject({ code: 'ECONNRESET' });
  await expect.poll(() => proxy.lines.size).toBe(0);
});

test('while it refuses, new connections are reset and old ones work on', async () => {
  const { client, end } = await open();
  proxy.refusing = true;
  const refused = connect(proxy.port, '127.0.0.1');
  const [error] = await once(refused, 'error');
  expect(error).toMatchObject({ code: 'ECONNRESET' });
  end.write('old');
  expect((await read(client, 3)).toString()).toBe('old');
});

test('a server that is not there resets the client', async () => {
  const gone = await FaultProxy.listen(1);
  const client = connect(gone.port, '127.0.0.1');
  const [error] = await once(client, 'error');
  expect(error).toMatchObject({ code: 'ECONNRESET' });
  await gone.close();
});

test('the same seed draws the same weather', async () => {
  async function weatherOf(seed: number): Promise<number[]> {
    const other = await FaultProxy.listen((server.address() as AddressInfo).port, seed);
    const drawn: number[] = [];
    other.weather = (random) => {
      drawn.push(random());
      return {};
    };
    for (let count = 0; count < 3; count += 1) {
      const client = connect(other.port, '127.0.0.1');
      await once(client, 'connect');
      await expect.poll(() => drawn.length).toBe(count + 1);
      client.destroy();
    }
    await other.close();
    return drawn;
  }
  expect(await weatherOf(7)).toEqual(await weatherOf(7));
  expect(await weatherOf(7)).not.toEqual(await weatherOf(8));
});
