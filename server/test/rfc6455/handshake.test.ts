import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorBody } from '../../../shared/protocol/errors.ts';
import { type RawReply, rawRequest, requestText, upgradeHeaders } from '../raw-request.ts';
import { startServer, type TestServer } from '../start-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const HOST = 'Host: localhost';

function upgrade(changes: Record<string, string> = {}, line = 'GET /ws HTTP/1.1'): Promise<RawReply> {
  return rawRequest(server.url, requestText(line, [HOST, ...upgradeHeaders(changes)]));
}

describe('[T19] a handshake that is none is refused in the shape of every other error, and its socket closed', () => {
  test('what is refused here would be accepted without its fault', async () => {
    const { status, headers } = await upgrade();
    expect(status).toBe(101);
    expect(headers.get('sec-websocket-accept')).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  });

  test.each<[what: string, changes: Record<string, string>, status: number, line?: string]>([
    ['version 8', { 'Sec-WebSocket-Version': '8' }, 426],
    ['version 12', { 'Sec-WebSocket-Version': '12' }, 426],
    ['two versions', { 'Sec-WebSocket-Version': '13, 8' }, 426],
    ['a version with a sign', { 'Sec-WebSocket-Version': '+13' }, 426],
    ['no version', { 'Sec-WebSocket-Version': '' }, 426],
    ['no key', { 'Sec-WebSocket-Key': '' }, 400],
    ['a key of 15 bytes', { 'Sec-WebSocket-Key': Buffer.alloc(15).toString('base64') }, 400],
    ['a key of 17 bytes', { 'Sec-WebSocket-Key': Buffer.alloc(17).toString('base64') }, 400],
    ['a key that is not base64', { 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZ$==' }, 400],
    ['another upgrade', { Upgrade: 'foo' }, 426],
    ['two upgrades', { Upgrade: 'websocket, h2c' }, 426],
    ['POST', {}, 405, 'POST /ws HTTP/1.1'],
    ['HTTP/1.0', {}, 400, 'GET /ws HTTP/1.0'],
    ['another path', {}, 404, 'GET /ws2 HTTP/1.1'],
    ['a path below', {}, 404, 'GET /ws/ HTTP/1.1'],
    ['an address with a host', {}, 404, 'GET http://localhost/ws HTTP/1.1'],
    ['a token in the address', {}, 400, 'GET /ws?token=abc HTTP/1.1'],
    ['bad labels in the address', {}, 400, 'GET /ws?tags=a%20b HTTP/1.1'],
    ['a subprotocol that is no token', { 'Sec-WebSocket-Protocol': 'a b' }, 400],
    ['a Host that is not ours', { Host: 'evil.example' }, 421],
  ])('%s', async (_what, changes, status, line) => {
    const { Host, ...others } = changes;
    const lines = [`Host: ${Host ?? 'localhost'}`, ...upgradeHeaders(others)];
    const reply = await rawRequest(server.url, requestText(line ?? 'GET /ws HTTP/1.1', lines));
    expect(reply.status).toBe(status);
    errorBody.strict().parse(JSON.parse(reply.body).error);
    expect(reply.headers.get('sec-websocket-version')).toBe(status === 426 ? '13' : null);
    expect(reply.headers.get('allow')).toBe(status === 405 ? 'GET' : null);
  });

  test('without Upgrade or Connection it is an ordinary request for a page that does not exist', async () => {
    for (const changes of [{ Upgrade: '' }, { Connection: 'close' }]) {
      expect((await upgrade({ Connection: 'close', ...changes })).status).toBe(404);
    }
  });
});

describe('[T20] more headers than make sense', () => {
  const many = (count: number): string[] => Array.from({ length: count }, (_, at) => `X-${at}: a`);
  const list = (count: number): string => Array.from({ length: count }, (_, at) => `a${at}`).join(', ');

  test.each<[what: string, headers: () => string[], status: number]>([
    ['90 others before those of the handshake', () => [HOST, ...many(90), ...upgradeHeaders()], 101],
    [
      '100 others, so that Upgrade is not among those that are read',
      () => [HOST, ...many(100), ...upgradeHeaders()],
      426,
    ],
    ['100 others behind', () => [HOST, ...upgradeHeaders(), ...many(100)], 101],
    ['1,200 others and then Upgrade', () => [HOST, ...many(1_200), ...upgradeHeaders()], 426],
    ['2,000 others and then Upgrade', () => [HOST, ...many(2_000), ...upgradeHeaders()], 426],
    ['2,001 others and no Upgrade', () => [HOST, 'Connection: close', ...many(2_001)], 404],
    ['3,000 others, which is more than 16 KiB', () => [HOST, ...many(3_000), ...upgradeHeaders()], 431],
    [
      'a header of 16 KiB and a byte',
      () => [HOST, `X-Large: ${'x'.repeat(16_385)}`, ...upgradeHeaders()],
      431,
    ],
    [
      '64 KiB of subprotocols',
      () => [HOST, ...upgradeHeaders({ 'Sec-WebSocket-Protocol': 'a,'.repeat(32_768) })],
      431,
    ],
    [
      'the same subprotocol 7,000 times',
      () => [HOST, ...upgradeHeaders({ 'Sec-WebSocket-Protocol': 'a,'.repeat(7_000) })],
      400,
    ],
    [
      '2,000 different subprotocols',
      () => [HOST, ...upgradeHeaders({ 'Sec-WebSocket-Protocol': list(2_000) })],
      101,
    ],
    ['10,000 extensions', () => [HOST, ...upgradeHeaders({ 'Sec-WebSocket-Extensions': list(10_000) })], 431],
    ['2,000 extensions', () => [HOST, ...upgradeHeaders({ 'Sec-WebSocket-Extensions': list(2_000) })], 101],
  ])('%s', async (_what, headers, status) => {
    const text = requestText('GET /ws HTTP/1.1', headers());
    const before = process.cpuUsage();
    const reply = await rawRequest(server.url, text);
    const { user, system } = process.cpuUsage(before);
    expect(reply.status).toBe(status);
    // The aim is 50 ms; both ends are counted here.
    expect((user + system) / 1_000).toBeLessThan(500);
    if (status !== 101) errorBody.strict().parse(JSON.parse(reply.body).error);
    expect((await server.call('GET', '/status')).status).toBe(200);
  });
});
