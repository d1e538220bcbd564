import { sleep } from '../clock.ts';
import { describeBoard, type LoadOptions } from '../options.ts';
import {
  type Outcome,
  sequenceFaults,
  sequenceFigures,
  windowFaults,
  windowFigures,
  windowVoid,
} from '../outcome.ts';
import type { Rig } from '../rig.ts';

/** After the last viewer came, so that its handshake is no part of what is measured. */
const CALM_MS = 1_000;
const WARM_UP_MS = 3_000;

/** All clients watch the same channels, to which is published at a steady rate. */
export async function board(rig: Rig, { clients = 2_000, seconds, board }: LoadOptions): Promise<Outcome> {
  await rig.prepare(board);
  const emptyBytes = rig.residentBytes();
  const viewers = rig.connect({ clients, channels: board.channels });
  await viewers.live;
  await sleep(CALM_MS);
  const connectedBytes = rig.residentBytes();
  const producer = rig.produce(board);
  await sleep(WARM_UP_MS);
  const window = await rig.window(seconds, viewers, producer);
  const loadedBytes = rig.residentBytes();
  const reports = await rig.settle(viewers, producer);
  return {
    scenario: 'board',
    load: { clients, ...describeBoard(board), seconds },
    figures: {
      ...windowFigures(window),
      residentMegabytes: loadedBytes / 1e6,
      residentPerConnectionKilobytes: (connectedBytes - emptyBytes) / clients / 1_024,
      ...sequenceFigures(reports),
    },
    faults: [...windowFaults(window), ...sequenceFaults(reports)],
    voided: windowVoid(window),
  };
}
