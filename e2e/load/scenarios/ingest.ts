import { Child } from '../child.ts';
import { Histogram } from '../histogram.ts';
import type { Ingested } from '../ingester.ts';
import { loopDelayP99Ms } from '../metrics.ts';
import { describeBoard, type LoadOptions } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import type { Rig } from '../rig.ts';

const WAYS = [
  { name: 'batches', batch: 100, lanes: 4 },
  { name: 'single', batch: 1, lanes: 32 },
];
const WARM_UP_SECONDS = 2;

/** How fast publications are taken over keep-alive connections, and whether the event loop suffers. */
export async function ingest(rig: Rig, { seconds, board }: LoadOptions): Promise<Outcome> {
  await rig.prepare(board);
  const { port, key, publishPath } = rig.target;
  const { channels, bytes } = board;
  const figures: Record<string, number> = {};
  const faults: string[] = [];
  const publish = async (batch: number, lanes: number, during: number): Promise<Ingested> => {
    const common = { port, key, path: publishPath, channels, bytes };
    const ingester = new Child('./ingester.ts', { ...common, batch, lanes, seconds: during });
    const ingested = await ingester.next<Ingested>('ingested');
    ingester.end();
    return ingested;
  };
  for (const { name, batch, lanes } of WAYS) {
    await publish(batch, lanes, WARM_UP_SECONDS);
    await rig.metrics();
    const { accepted, seconds: took, acknowledged, failures } = await publish(batch, lanes, seconds / 2);
    const answers = Histogram.of(acknowledged);
    figures[`${name}PerSecond`] = accepted / took;
    figures[`${name}AnswerP50Ms`] = answers.percentile(0.5);
    figures[`${name}AnswerP99Ms`] = answers.percentile(0.99);
    figures[`${name}LoopDelayP99Ms`] = loopDelayP99Ms(await rig.metrics());
    faults.push(...failures);
  }
  return { scenario: 'ingest', load: { ...describeBoard(board), seconds }, figures, faults, voided: [] };
}
