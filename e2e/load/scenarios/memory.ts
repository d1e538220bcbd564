import { sleep } from '../clock.ts';
import { loopDelayP99Ms } from '../metrics.ts';
import type { LoadOptions } from '../options.ts';
import { type Outcome, sequenceFaults } from '../outcome.ts';
import type { Rig } from '../rig.ts';

/** Long enough for the garbage of the handshakes to go, short enough for no heartbeat to come between. */
const WATCHED_SECONDS = 20;

/** Clients that are subscribed while nothing is published. */
export async function memory(rig: Rig, { clients = 10_000, board }: LoadOptions): Promise<Outcome> {
  await rig.prepare(board);
  const emptyBytes = rig.residentBytes();
  const heapBefore = (await rig.metrics()).get('nodejs_heap_size_used_bytes') ?? Number.NaN;
  const viewers = rig.connect({ clients, channels: board.channels });
  await viewers.live;
  const connectedBytes = rig.residentBytes();
  let leastBytes = connectedBytes;
  for (let second = 0; second < WATCHED_SECONDS; second += 1) {
    await sleep(1_000);
    leastBytes = Math.min(leastBytes, rig.residentBytes());
  }
  const metrics = await rig.metrics();
  const heapAfter = metrics.get('nodejs_heap_size_used_bytes') ?? Number.NaN;
  const perClient = (bytes: number): number => bytes / clients / 1_024;
  return {
    scenario: 'memory',
    load: { clients, channels: board.channels.length },
    figures: {
      emptyMegabytes: emptyBytes / 1e6,
      connectedMegabytes: connectedBytes / 1e6,
      settledMegabytes: leastBytes / 1e6,
      residentPerConnectionKilobytes: perClient(leastBytes - emptyBytes),
      heapPerConnectionKilobytes: perClient(heapAfter - heapBefore),
      loopDelayP99Ms: loopDelayP99Ms(metrics),
    },
    faults: sequenceFaults(await viewers.report()),
    voided: [],
  };
}
