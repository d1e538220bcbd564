import { now, sleep } from '../clock.ts';
import { describeBoard, type LoadOptions } from '../options.ts';
import { type Outcome, pick, sequenceFaults, windowFaults, windowFigures, windowVoid } from '../outcome.ts';
import type { Rig } from '../rig.ts';

const WARM_UP_MS = 3_000;
/** Handshakes under way at once. */
const AT_ONCE = 200;

/** As many as watch a busy board already come all at once. */
export async function newcomers(
  rig: Rig,
  { clients = 2_000, seconds, board }: LoadOptions,
): Promise<Outcome> {
  await rig.prepare(board);
  const watchers = rig.connect({ clients, channels: board.channels });
  await watchers.live;
  const producer = rig.produce(board);
  await sleep(WARM_UP_MS);
  const watched = rig.window(seconds, watchers, producer);
  const comers = rig.connect({ clients, channels: board.channels, atOnce: AT_ONCE });
  const startedAt = now();
  await comers.live;
  const [first] = await comers.report();
  const window = await watched;
  const came = (await comers.report()).flatMap(({ liveAt }) => liveAt).sort((a, b) => a - b);
  const from = first?.startedAt ?? startedAt;
  const settled = [...(await rig.settle(watchers, producer)), ...(await comers.report())];
  return {
    scenario: 'newcomers',
    load: { watching: clients, newcomers: clients, ...describeBoard(board) },
    figures: {
      allLiveMs: (came.at(-1) ?? Number.NaN) - from,
      medianLiveMs: (came[Math.floor(came.length / 2)] ?? Number.NaN) - from,
      ...pick(
        windowFigures(window),
        'deliveriesPerSecond',
        'latencyP99Ms',
        'generatorCores',
        'serverWaitedShare',
      ),
    },
    faults: [...windowFaults(window), ...sequenceFaults(settled)],
    voided: windowVoid(window),
  };
}
