import { parentPort, workerData } from 'node:worker_threads';
import type { ChannelOptions } from '../../shared/api/publications.ts';
import { type ConnectOptions, connect } from '../storage/connect.ts';
import { answerCalls } from '../worker-calls.ts';
import type { AppendItem } from './log.ts';
import type { Retention } from './retention.ts';
import { type Outcome, SqliteAppend } from './sqlite-append.ts';
import { SqliteChannels } from './sqlite-channels.ts';
import { type MaintenanceReport, SqliteMaintenance } from './sqlite-maintenance.ts';
import { SqliteRollups } from './sqlite-rollups.ts';
import { type ChannelRow, prepareSchema } from './sqlite-schema.ts';
import { SqliteTrim } from './sqlite-trim.ts';

export interface WriterData {
  file: string;
  connect: ConnectOptions;
  retention: Retention;
  maxChannels: number;
  maxBytes: number;
}

/** The only code that writes log.db. */
function openWriter(data: WriterData) {
  const db = connect(data.file, data.connect);
  const installation = prepareSchema(db);
  const channels = new SqliteChannels(db);
  const append = new SqliteAppend(db, channels, data.maxChannels);
  const trim = new SqliteTrim(db, channels, data.retention, data.maxBytes);
  const maintenance = new SqliteMaintenance(channels, new SqliteRollups(db, channels), trim);
  const saveProbe = db.prepare("insert or replace into meta values ('probe', ?)");

  return {
    open(): { installation: string; channels: ChannelRow[] } {
      return { installation, channels: [...channels.all()] };
    },

    append(items: readonly AppendItem[], now: number): Outcome[] {
      return append.append(items, now);
    },

    /** @returns the row after, or undefined when there are too many channels */
    configure(name: string, options: ChannelOptions, newNumbering: boolean): ChannelRow | undefined {
      return channels.transaction(() => {
        const known = channels.get(name);
        const existing = known?.dropped === 0;
        if (!existing && channels.count >= data.maxChannels) return undefined;
        const row = existing ? channels.change(known) : channels.create(name);
        row.options = JSON.stringify(options);
        if (newNumbering) channels.endNumbering(row);
        return row;
      });
    },

    /** @returns the row that remembers the generation, or undefined when there was no such channel */
    drop(name: string): ChannelRow | undefined {
      const known = channels.get(name);
      if (known?.dropped !== 0) return undefined;
      return channels.transaction(() => {
        const row = channels.change(known);
        channels.bury(row);
        return row;
      });
    },

    maintain(now: number, budgetMs: number): MaintenanceReport {
      return maintenance.work(now, budgetMs);
    },

    /** Proves that a commit works. */
    check(now: number): void {
      saveProbe.run(now);
    },

    close(): void {
      db.close();
    },
  };
}
export type WriterCalls = ReturnType<typeof openWriter>;

answerCalls(parentPort!, () => openWriter(workerData as WriterData));
