import { join } from 'node:path';
import type { Bus } from './bus/bus.ts';
import { LocalBus } from './bus/local-bus.ts';
import type { Config } from './config.ts';
import { Hub } from './hub/hub.ts';
import { Ring, RingBudget } from './log/ring.ts';
import { SqliteLog } from './log/sqlite-log.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import { Publisher } from './publications/publisher.ts';
import { openDataDir } from './storage/data-dir.ts';
import { type Database, openDatabase } from './storage/database.ts';
import { migrate } from './storage/migrate.ts';

/** Where data lies and how it moves; nothing in here knows a feature. */
export interface Mechanisms {
  dataDir: string;
  db: Database;
  channelLog: SqliteLog;
  bus: Bus;
  hub: Hub;
  publisher: Publisher;
  /** Waits for what is being written, then lets go of the data folder. */
  close(): Promise<void>;
}

interface Surroundings {
  log: Logger;
  metrics: Metrics;
  /** ms since 1970 */
  clock: () => number;
}

/**
 * Opens the data folder and everything that stands on it.
 * @throws Error with a sentence for the operator when the folder, a database or its version cannot be used
 */
export async function openMechanisms(
  config: Config,
  { log, metrics, clock }: Surroundings,
): Promise<Mechanisms> {
  const closing: (() => unknown)[] = [];
  const close = async (): Promise<void> => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    const dataDir = openDataDir(config.dataDir);
    closing.push(() => dataDir.release());

    const db = await openDatabase(join(dataDir.path, 'app.db'));
    closing.push(() => db.destroy());
    await migrate(db);

    const rings = new RingBudget(config.ringBytes);
    const channelLog = await SqliteLog.open({
      file: join(dataDir.path, 'log.db'),
      retention: {
        publications: config.historyPublications,
        hours: config.historyHours,
        bytes: config.historyBytes,
      },
      maxChannels: config.maxChannels,
      maxBytes: config.dataMaxBytes,
      rings,
      clock,
      onError: (err) => log.warn({ err }, 'maintenance of the log failed; it is tried again'),
    });
    closing.push(() => channelLog.close());

    const bus = new LocalBus();
    closing.push(() => bus.close());

    bus.on('publications', (publications) => metrics.publications.inc(publications.length));

    const hub = new Hub({
      log: channelLog,
      bus,
      openRing: () => new Ring(rings),
      flushMs: config.flushMs,
      metrics,
      failed: (err, doing) => log.warn({ err }, `${doing} failed; it is tried again`),
      clock,
    });
    closing.push(() => hub.close());
    metrics.gauge('ring_bytes', 'Publications kept in memory for recovery', () => rings.bytes);

    const publisher = new Publisher({ log: channelLog, bus, maxMessageBytes: config.maxMessageBytes, clock });
    return { dataDir: dataDir.path, db, channelLog, bus, hub, publisher, close };
  } catch (cause) {
    await close();
    throw cause;
  }
}
