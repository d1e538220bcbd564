import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test('without any variable the defaults of the contract hold', () => {
  expect(readConfig({})).toMatchObject({
    port: 8080,
    host: '0.0.0.0',
    dataDir: './data',
    allowedOrigins: [],
    maxConnections: 20_000,
    maxConnectionsPerAddress: 1_000,
    maxConnectionsPerAccount: 50,
    maxHandshakesPerSecond: 1_000,
    maxMessageBytes: 524_288,
    heartbeatMs: 25_000,
    flushMs: 50,
    outboxMaxBytes: 1_048_576,
    historyPublications: 100_000,
    historyHours: 24,
    historyBytes: 268_435_456,
    ringBytes: 67_108_864,
    dataMaxBytes: 10_737_418_240,
    maxChannels: 10_000,
    allowInsecureHttp: false,
    logLevel: 'info',
  });
});

test('an empty variable counts as unset, blanks around a value do not count', () => {
  expect(readConfig({ PORT: '', HOST: '  ', FLUSH_MS: ' 20 ' })).toMatchObject({ port: 8080, flushMs: 20 });
});

test('sizes, lists and switches are read as people write them', () => {
  const config = readConfig({
    RING_BYTES: '2MiB',
    DATA_MAX_BYTES: '3g',
    ALLOWED_ORIGINS: 'https://App.example.com, *.example.org',
    ALLOW_INSECURE_HTTP: 'yes',
    PUBLIC_URL: 'https://board.example.com',
  });
  expect(config.ringBytes).toBe(2 * 2 ** 20);
  expect(config.dataMaxBytes).toBe(3 * 2 ** 30);
  expect(config.allowedOrigins).toEqual(['https://app.example.com', '*.example.org']);
  expect(config.allowInsecureHttp).toBe(true);
  expect(config.publicUrl?.origin).toBe('https://board.example.com');
});

test('the configuration cannot be changed afterwards', () => {
  expect(Object.isFrozen(readConfig({}))).toBe(true);
});

test('[T34] no proxy is trusted unless it is named, never any; a number trusts so many hops', () => {
  expect(readConfig({}).trustProxy('127.0.0.1', 0)).toBe(false);
  const subnet = readConfig({ TRUST_PROXY: 'loopback, 10.0.0.0/8' }).trustProxy;
  expect([subnet('127.0.0.1', 0), subnet('10.9.8.7', 0), subnet('11.0.0.1', 0)]).toEqual([true, true, false]);
  const hops = readConfig({ TRUST_PROXY: '1' }).trustProxy;
  expect([hops('1.2.3.4', 0), hops('1.2.3.4', 1)]).toEqual([true, false]);
});

test.each([
  ['PORT', 'eighty', 'PORT is "eighty", but must be a whole number from 0 to 65535.'],
  ['PORT', '70000', 'PORT is "70000", but must be a whole number from 0 to 65535.'],
  ['HISTORY_HOURS', '-1', 'HISTORY_HOURS is "-1", but must be a number from 0.01 to 87600.'],
  ['RING_BYTES', '5 apples', 'RING_BYTES is "5 apples", but must be a number of bytes from'],
  ['TRUST_PROXY', 'true', 'TRUST_PROXY is "true", but must be a number of proxies (1), or addresses'],
  ['ALLOWED_ORIGINS', 'https://a.b/c', 'ALLOWED_ORIGINS is "https://a.b/c", but must be an origin'],
  ['ALLOW_INSECURE_HTTP', 'maybe', 'ALLOW_INSECURE_HTTP is "maybe", but must be 1 or 0'],
  ['LOG_LEVEL', 'loud', 'LOG_LEVEL is "loud", but must be one of trace, debug'],
  ['PUBLIC_URL', 'board', 'PUBLIC_URL is "board", but must be an address without a path'],
  ['DATABASE_URL', 'postgres://u:p@h/d', 'DATABASE_URL is set, but PostgreSQL is not in this version yet'],
  ['REDIS_URL', 'redis://h', 'REDIS_URL is set, but running several nodes is not in this version yet'],
  ['TLS_CERT', 'cert.pem', 'TLS_CERT is set, but serving https itself is not in this version yet'],
])('%s=%s is refused with one sentence that says what would be right', (name, value, sentence) => {
  expect(() => readConfig({ [name]: value })).toThrow(sentence);
});

test('a refused secret is not repeated in the sentence', () => {
  expect(() => readConfig({ CALLBOARD_ADMIN_KEY: 'hush-hush' })).toThrow(
    'CALLBOARD_ADMIN_KEY is a secret of 9 characters, but must be at least 16 characters',
  );
  expect(() => readConfig({ DATABASE_URL: 'postgres://user:hush@host' })).toThrow(/^(?!.*hush)/);
});
