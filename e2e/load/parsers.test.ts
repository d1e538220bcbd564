import { expect, test } from 'vitest';
import { frameOf } from '../../server/hub/frame.ts';
import { dataOf } from './data.ts';
import { dialects } from './dialects.ts';
import { readAnswer } from './http-lane.ts';
import { loopDelayP99Ms, readMetrics, sumOf } from './metrics.ts';
import { readCpu, readResident, readWaited } from './proc.ts';
import { Scanner } from './scan.ts';
import { clientFrame, FrameReader } from './wire.ts';

function publication(channel: string, offset: number): string {
  return `{"type":"publication","channel":"${channel}","offset":${offset},"time":1,"data":${dataOf(80, 12.5)}}`;
}

function readerInto(texts: string[], closes: string[] = []): FrameReader {
  return new FrameReader({
    text: (payload) => void texts.push(payload.toString()),
    ping: (payload) => void texts.push(`ping ${payload}`),
    close: (code, reason) => void closes.push(`${code} ${reason}`),
  });
}

test('frames are read whole however the chunks are cut, of every length that the header can tell', () => {
  const short = ['', 'short', 'x'.repeat(126)];
  for (const [size, sent] of [
    [1, short],
    [7, short],
    [10_000, [...short, 'y'.repeat(70_000)]],
    [100_000, [...short, 'y'.repeat(70_000)]],
  ] as const) {
    const bytes = Buffer.concat(sent.map((text) => frameOf([text]).bytes));
    const got: string[] = [];
    const reader = readerInto(got);
    for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
    expect(got).toEqual(sent);
  }
});

test('pings and closes are told apart from text', () => {
  const [got, closes] = [[] as string[], [] as string[]];
  const reader = readerInto(got, closes);
  reader.push(Buffer.concat([Buffer.from([0x89, 2]), Buffer.from('hi')]));
  reader.push(Buffer.concat([Buffer.from([0x88, 6, 0x11, 0x31]), Buffer.from('slow')]));
  expect(got).toEqual(['ping hi']);
  expect(closes).toEqual(['4401 slow']);
});

test('a client frame is masked and tells its length', () => {
  expect([...clientFrame(1, Buffer.from('ab'))]).toEqual([0x81, 0x82, 0, 0, 0, 0, 97, 98]);
  expect(clientFrame(1, Buffer.alloc(300)).readUInt16BE(2)).toBe(300);
});

test('offsets are found in the bytes, in one message and in many, the same for equal and for different frames', () => {
  const scanner = new Scanner(['a', 'b.c'], dialects.callboard.parse);
  const [first, second] = [
    `[${publication('a', 7)},${publication('b.c', 1_234_567)}]`,
    publication('b.c', 8),
  ];
  for (let round = 0; round < 2; round += 1) {
    expect([...scanner.scan(Buffer.from(first)).pairs]).toEqual([0, 7, 1, 1_234_567]);
    expect([...scanner.scan(Buffer.from(second)).pairs]).toEqual([1, 8]);
  }
  const changed = first.replace('"offset":7', '"offset":8');
  expect([...scanner.scan(Buffer.from(changed)).pairs]).toEqual([0, 8, 1, 1_234_567]);
});

test('a frame with anything but publications is given as messages, in their order', () => {
  const scanner = new Scanner(['a'], dialects.callboard.parse);
  const gap = '{"type":"gap","channel":"a","epoch":"e","from":3,"to":5,"reason":"thinned"}';
  const { messages, pairs } = scanner.scan(
    Buffer.from(`[${publication('a', 2)},${gap},${publication('a', 6)}]`),
  );
  expect(messages?.map(({ type }) => type)).toEqual(['publication', 'gap', 'publication']);
  expect(pairs).toHaveLength(0);
});

test('Socket.IO is spoken over a bare socket: connect, subscribe, pong, and its events hold the same messages', () => {
  const { greeting, parse, answer } = dialects['socket.io'];
  expect(greeting()).toBe('40');
  expect(answer('0{"sid":"x"}', [])).toBeUndefined();
  expect(answer('40{"sid":"x"}', [{ channel: 'a' }])).toBe('42["subscribe",["a"]]');
  expect(answer('2', [])).toBe('3');
  const event = `42["message",${publication('a', 9)}]`;
  expect(answer(event, [])).toBeUndefined();
  expect(parse(event)[0]).toMatchObject({ type: 'publication', offset: 9 });
  expect([...new Scanner(['a'], parse).scan(Buffer.from(event)).pairs]).toEqual([0, 9]);
});

test('Callboard is greeted in one flight, with a position where there is one', () => {
  const since = { epoch: 'e', offset: 3 };
  expect(JSON.parse(dialects.callboard.greeting([{ channel: 'a', since }, { channel: 'b' }]))).toEqual([
    { type: 'hello', protocol: 1 },
    { type: 'subscribe', id: 0, channel: 'a', since },
    { type: 'subscribe', id: 1, channel: 'b' },
  ]);
});

test('the data of a publication has the length that was asked for and tells when it was made', () => {
  expect(dataOf(200, 1_234.5678)).toHaveLength(200);
  expect(JSON.parse(dataOf(200, 1_234.5678)).t).toBe(1_234.568);
});

test('an HTTP answer is read when it is there as a whole, and no further', () => {
  const bytes = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1');
  expect(readAnswer(bytes.subarray(0, 39))).toBeUndefined();
  expect(readAnswer(bytes)).toEqual({ status: 200, body: 'ok', end: bytes.length - 8 });
});

test('CPU time, waiting and memory are read from what Linux says, whatever the name of the process', () => {
  const stat = `42 (node (x) y) S 1 42 42 0 -1 4194560 100 0 0 0 150 25 0 0 20 0 11 0 100 0 0`;
  expect(readCpu(stat)).toBe(1_750);
  expect(readWaited('9000000 2500000 12\n')).toBe(2.5);
  expect(readResident('Name:\tnode\nVmRSS:\t  2048 kB\n')).toBe(2_097_152);
});

test('metrics are read by series and added up over labels', () => {
  const metrics = readMetrics(
    '# HELP a b\ncallboard_closes_total{code="4401"} 3\ncallboard_closes_total{code="1006"} 2\nnodejs_eventloop_lag_p99_seconds 0.0125\n',
  );
  expect(sumOf(metrics, 'callboard_closes_total')).toBe(5);
  expect(metrics.get('callboard_closes_total{code="4401"}')).toBe(3);
  expect(loopDelayP99Ms(metrics)).toBeCloseTo(2.5);
});
