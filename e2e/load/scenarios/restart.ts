import { now, sleep } from '../clock.ts';
import { describeBoard, type LoadOptions } from '../options.ts';
import { type Outcome, sequenceFigures } from '../outcome.ts';
import { type Rig, total } from '../rig.ts';

/** Enough to have something to miss, too little to matter. */
const RATE = 1;
const CALM_MS = 2_000;
const WITHIN_MS = 60_000;
/** What the server plans with: `welcome.reconnect.spreadMs` is the number of its clients by this. */
const PLANNED_PER_SECOND = 500;

/** The server dies without a word and comes back; so do all clients, each by the rules of the page, and with all data. */
export async function restart(rig: Rig, { clients = 5_000, board }: LoadOptions): Promise<Outcome> {
  const { server } = rig.target;
  if (!server) throw new Error('restart needs a server of its own, so no --url.');
  const light = { ...board, rate: Math.min(board.rate, RATE) };
  await rig.prepare(light);
  const viewers = rig.connect({ clients, channels: light.channels, reconnect: true });
  await viewers.live;
  const producer = rig.produce(light);
  await sleep(CALM_MS);
  await viewers.report({ fresh: true });
  const killedAt = now();
  await server.end('SIGKILL');
  await server.start();
  const readyMs = now() - killedAt;
  let reports = await viewers.report();
  while (total(reports, 'live') < clients && now() - killedAt < WITHIN_MS) {
    await sleep(200);
    reports = await viewers.report();
  }
  const liveMs = reports.flatMap(({ liveAt }) => liveAt.map((at) => at - killedAt));
  const accepts = perSecond(reports.flatMap(({ acceptedAt }) => acceptedAt.map((at) => at - killedAt)));
  const live = total(reports, 'live');
  const settled = await rig.settle(viewers, producer);
  const { lost = 0, doubled = 0, reordered = 0, gapped = 0 } = sequenceFigures(settled);
  const unrecovered = total(settled, 'unrecovered');
  const broken = { lost, doubled, reordered, gapped, unrecovered };
  return {
    scenario: 'restart',
    load: { clients, ...describeBoard(light) },
    figures: {
      ...{ readyMs, live, allLiveMs: Math.max(...liveMs) },
      acceptPeakPerSecond: Math.max(...accepts),
      acceptPeakOfPlan: Math.max(...accepts) / PLANNED_PER_SECOND,
      ...Object.fromEntries(accepts.map((count, second) => [`acceptsInSecond${second + 1}`, count])),
      ...broken,
    },
    faults: [
      ...(live < clients ? [`${clients - live} clients did not come back`] : []),
      ...Object.entries(broken).flatMap(([what, count]) => (count > 0 ? [`${count} ${what}`] : [])),
    ],
    voided: [],
  };
}

/** How many of these times lie in each second from 0. */
export function perSecond(timesMs: readonly number[]): number[] {
  const counts: number[] = [];
  for (const ms of timesMs) {
    const second = Math.floor(ms / 1_000);
    while (counts.length <= second) counts.push(0);
    counts[second]! += 1;
  }
  return counts;
}
