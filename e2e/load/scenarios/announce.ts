import { now, sleep } from '../clock.ts';
import { describeBoard, type LoadOptions } from '../options.ts';
import { type Outcome, pick, sequenceFaults, windowFaults, windowFigures, windowVoid } from '../outcome.ts';
import type { Rig } from '../rig.ts';
import { call } from '../targets.ts';

const WATCHING_SHARE = 0.1;
const WARM_UP_MS = 3_000;
const WITHIN_SECONDS = 5;

/** One announcement to everyone, while some of the clients watch a busy board. */
export async function announce(rig: Rig, { clients = 10_000, board }: LoadOptions): Promise<Outcome> {
  const { port, key } = rig.target;
  await rig.prepare(board);
  const watching = Math.round(clients * WATCHING_SHARE);
  const watchers = rig.connect({ clients: watching, channels: board.channels });
  const others = rig.connect({ clients: clients - watching, channels: [] });
  await Promise.all([watchers.live, others.live]);
  const producer = rig.produce(board);
  await sleep(WARM_UP_MS);
  const watched = rig.window(WITHIN_SECONDS, watchers, producer);
  await sleep(500);
  const sentAt = now();
  const answered = call(port, key, 'POST', '/announcements', {
    ...{ severity: 'warning', title: 'Crane 3 is out of service until 16:00', target: { everyone: true } },
    body: 'Use **berth 5** for containers.',
  }).then(() => now());
  const answeredAt = await answered;
  // Times are told with the window's last report, and begin anew after it.
  const window = await watched;
  const reports = [...window.reports, ...(await others.report())];
  const arrivals = reports.flatMap(({ announcedAt }) => announcedAt).sort((a, b) => a - b);
  const after = (at: number | undefined): number => (at ?? Number.NaN) - sentAt;
  const settled = await rig.settle(watchers, producer);
  const missed = clients - arrivals.length;
  return {
    scenario: 'announce',
    load: { clients, watching, ...describeBoard(board) },
    figures: {
      arrived: arrivals.length,
      firstMs: after(arrivals[0]),
      medianMs: after(arrivals[Math.floor(arrivals.length / 2)]),
      lastMs: after(arrivals.at(-1)),
      answeredMs: after(answeredAt),
      ...pick(windowFigures(window), 'deliveriesPerSecond', 'latencyP99Ms', 'serverWaitedShare'),
    },
    faults: [
      ...(missed === 0 ? [] : [`${arrivals.length} announcements for ${clients} clients`]),
      ...windowFaults(window),
      ...sequenceFaults([...settled, ...(await others.report())]),
    ],
    voided: windowVoid(window),
  };
}
