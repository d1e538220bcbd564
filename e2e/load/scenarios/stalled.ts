import { now, sleep } from '../clock.ts';
import { sumOf } from '../metrics.ts';
import { describeBoard, type LoadOptions } from '../options.ts';
import { type Outcome, sequenceFaults, windowFaults, windowFigures, windowVoid } from '../outcome.ts';
import type { Rig } from '../rig.ts';

const STALLED_SHARE = 0.1;
const WARM_UP_MS = 3_000;
/** A dead peer is found within 35 s, and one whose outbox stays full is closed after 30 s. */
const STALL_SECONDS = 45;

/** One client in ten stops reading and answers nothing: what does it cost the others, the server, and for how long? */
export async function stalled(rig: Rig, { clients = 1_000, seconds, board }: LoadOptions): Promise<Outcome> {
  await rig.prepare(board);
  const stalling = Math.round(clients * STALLED_SHARE);
  const healthy = rig.connect({ clients: clients - stalling, channels: board.channels });
  const stuck = rig.connect({ clients: stalling, channels: board.channels, reconnect: true });
  await Promise.all([healthy.live, stuck.live]);
  const producer = rig.produce(board);
  await sleep(WARM_UP_MS);
  const before = await rig.window(seconds, healthy, producer);
  const bytesBefore = rig.residentBytes();
  const closesBefore = sumOf(await rig.metrics(), 'callboard_closes_total');

  await stuck.pause();
  const stalledAt = now();
  const watched = rig.window(STALL_SECONDS, healthy, producer);
  let mostBytes = bytesBefore;
  let closed = 0;
  let lastClosedMs = Number.NaN;
  while (now() - stalledAt < STALL_SECONDS * 1_000) {
    await sleep(500);
    mostBytes = Math.max(mostBytes, rig.residentBytes());
    const closes = sumOf(await rig.metrics(), 'callboard_closes_total') - closesBefore;
    if (closes > closed) lastClosedMs = now() - stalledAt;
    closed = closes;
  }
  const during = await watched;
  const metrics = await rig.metrics();
  const settled = await rig.settle(healthy, producer);
  const [alone, beside] = [windowFigures(before), windowFigures(during)];
  const byCode = [...metrics].flatMap(([series, count]) => {
    const [, code] = /^callboard_closes_total\{code="(\d+)"/.exec(series) ?? [];
    return code === undefined ? [] : [[`closedWith${code}`, count] as const];
  });
  return {
    scenario: 'stalled',
    load: { healthy: clients - stalling, stalled: stalling, ...describeBoard(board) },
    figures: {
      healthyP99AloneMs: alone.latencyP99Ms ?? Number.NaN,
      healthyP99BesideMs: beside.latencyP99Ms ?? Number.NaN,
      healthyP50AloneMs: alone.latencyP50Ms ?? Number.NaN,
      healthyP50BesideMs: beside.latencyP50Ms ?? Number.NaN,
      residentPerStalledKilobytes: (mostBytes - bytesBefore) / stalling / 1_024,
      slow: sumOf(metrics, 'callboard_slow_clients_total'),
      ...{ closed, lastClosedMs },
      ...Object.fromEntries(byCode),
    },
    faults: [
      ...(closed < stalling
        ? [`${stalling - closed} of ${stalling} not closed within ${STALL_SECONDS} s`]
        : []),
      ...windowFaults(during),
      ...sequenceFaults(settled),
    ],
    voided: [...windowVoid(before), ...windowVoid(during)],
  };
}
