import { sleep } from '../clock.ts';
import { describeBoard, type LoadOptions } from '../options.ts';
import { type Outcome, pick, sequenceFaults, windowFaults, windowFigures, windowVoid } from '../outcome.ts';
import type { Rig } from '../rig.ts';

const WARM_UP_MS = 2_000;
/** One publication per 50 ms. */
const RATE = 20;

/** One viewer, one channel: what a publication takes with nothing else going on. */
export async function idle(rig: Rig, { seconds, board }: LoadOptions): Promise<Outcome> {
  const quiet = { ...board, channels: board.channels.slice(0, 1), rate: RATE };
  await rig.prepare(quiet);
  const viewers = rig.connect({ clients: 1, channels: quiet.channels });
  await viewers.live;
  const producer = rig.produce(quiet);
  await sleep(WARM_UP_MS);
  const window = await rig.window(seconds, viewers, producer);
  const reports = await rig.settle(viewers, producer);
  return {
    scenario: 'idle',
    load: { ...describeBoard(quiet), seconds },
    figures: pick(
      windowFigures(window),
      ...['latencyP50Ms', 'latencyP99Ms', 'latencyMaxMs', 'acknowledgedP50Ms', 'acknowledgedP99Ms'],
      'serverWaitedShare',
    ),
    faults: [...windowFaults(window), ...sequenceFaults(reports)],
    voided: windowVoid(window),
  };
}
