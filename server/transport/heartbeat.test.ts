import { afterEach, beforeEach, expect, test } from 'vitest';
import { Heartbeat, type Peer } from './heartbeat.ts';

const INTERVAL_MS = 25_000;
const TIMEOUT_MS = 10_000;

let now = 0;
let heartbeat: Heartbeat;

class FakePeer implements Peer {
  bytesRead = 0;
  pings: number[] = [];
  diedAt: number | undefined;
  answers = true;

  ping(): void {
    this.pings.push(now);
    if (this.answers) this.bytesRead += 4;
  }

  dead(): void {
    this.diedAt = now;
  }
}

beforeEach(() => {
  now = 0;
  heartbeat = new Heartbeat({ intervalMs: INTERVAL_MS, timeoutMs: TIMEOUT_MS, now: () => now });
});
afterEach(() => heartbeat.close());

/** Ticks as the timer would, each a little late as on a busy machine. */
function pass(ms: number): void {
  for (const end = now + ms; now < end; ) {
    now += 1_100;
    heartbeat.tick();
  }
}

test('a peer that answers is pinged within every interval and lives', () => {
  const peer = new FakePeer();
  heartbeat.add(peer);
  pass(200_000);
  expect(peer.diedAt).toBeUndefined();
  const pauses = peer.pings.slice(1).map((at, before) => at - peer.pings[before]!);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(INTERVAL_MS);
  expect(Math.min(...pauses)).toBeGreaterThan(20_000);
});

test('[HB-1] whenever a peer falls silent, it is dead within interval and time-out together', () => {
  for (let phase = 0; phase < 30_000; phase += 700) {
    const peer = new FakePeer();
    heartbeat.add(peer);
    pass(30_000 + phase);
    peer.answers = false;
    const silentAt = now;
    pass(60_000);
    expect(peer.diedAt! - silentAt).toBeLessThanOrEqual(INTERVAL_MS + TIMEOUT_MS);
    expect(peer.diedAt! - peer.pings.at(-1)!).toBeGreaterThanOrEqual(TIMEOUT_MS);
  }
});

test('any byte is a sign of life, so that a long message on a slow line is let through', () => {
  const peer = new FakePeer();
  heartbeat.add(peer);
  peer.answers = false;
  for (let step = 0; step < 20; step += 1) {
    pass(5_000);
    peer.bytesRead += 100;
  }
  expect(peer.diedAt).toBeUndefined();
});

test('after a sleep of our own nobody is dead for what they said meanwhile', () => {
  const peer = new FakePeer();
  heartbeat.add(peer);
  pass(30_000);
  peer.answers = false;
  pass(24_000);
  now += 600_000;
  heartbeat.tick();
  expect(peer.diedAt).toBeUndefined();
  peer.bytesRead += 4;
  peer.answers = true;
  pass(60_000);
  expect(peer.diedAt).toBeUndefined();
});

test('time awake goes on with the clock and leaves out what was slept', () => {
  pass(11_000);
  expect(heartbeat.awakeMs).toBeCloseTo(11_000);
  now += 600_000;
  heartbeat.tick();
  expect(heartbeat.awakeMs).toBeLessThan(14_000);
  pass(11_000);
  expect(heartbeat.awakeMs).toBeGreaterThan(22_000);
});

test('who was forgotten is not pinged', () => {
  const peer = new FakePeer();
  heartbeat.add(peer);
  heartbeat.delete(peer);
  pass(60_000);
  expect(peer.pings).toEqual([]);
});
