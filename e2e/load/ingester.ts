import { now } from './clock.ts';
import { dataOf } from './data.ts';
import { type Buckets, Histogram } from './histogram.ts';
import { HttpLane } from './http-lane.ts';

/*
 * Publishes as fast as the answers come, from a process of its own, for so many seconds. Tells its parent {ingested}.
 *
 *   node --import tsx ingester.ts '{"port":…, "key":"…", "path":"/api/v1/publish", "channels":["a"], …}'
 */

export interface IngesterOptions {
  port: number;
  key: string;
  path: string;
  channels: string[];
  bytes: number;
  /** Publications per request. */
  batch: number;
  /** Connections, each with one request under way. */
  lanes: number;
  seconds: number;
}

export interface Ingested {
  accepted: number;
  seconds: number;
  /** From a request to its answer; ms. */
  acknowledged: Buckets;
  failures: string[];
}

export async function ingest(options: IngesterOptions): Promise<Ingested> {
  const { port, key, path, channels, bytes, batch, lanes, seconds } = options;
  const acknowledged = new Histogram();
  const failures = new Set<string>();
  const from = now();
  let accepted = 0;
  let next = 0;
  const one = async (): Promise<void> => {
    const lane = new HttpLane(port, key);
    while (now() - from < seconds * 1_000 && failures.size === 0) {
      const at = now();
      const data = dataOf(bytes, at);
      const items = Array.from({ length: batch }, () => {
        next = (next + 1) % channels.length;
        return `{"channel":"${channels[next]}","data":${data}}`;
      });
      const { status, body } = await lane.post(path, `{"publications":[${items.join(',')}]}`);
      acknowledged.add(now() - at);
      if (status === 200 && !body.includes('"error"')) accepted += batch;
      else failures.add(`${status} ${body.slice(0, 200)}`);
    }
    lane.end();
  };
  await Promise.all(Array.from({ length: lanes }, one));
  const took = (now() - from) / 1_000;
  return { accepted, seconds: took, acknowledged: acknowledged.buckets, failures: [...failures] };
}

const given = process.argv[2];
if (given !== undefined && process.send) {
  process.on('disconnect', () => process.exit());
  process.send({ ingested: await ingest(JSON.parse(given) as IngesterOptions) });
}
