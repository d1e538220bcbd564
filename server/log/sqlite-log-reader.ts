import { parentPort, workerData } from 'node:worker_threads';
import { connect } from '../storage/connect.ts';
import { answerCalls } from '../worker-calls.ts';
import type { HistoryRange } from './log.ts';
import { type Newest, SqliteRead } from './sqlite-read.ts';
import { SqliteScan } from './sqlite-scan.ts';

/** Reads log.db beside the writer, so that history never holds up an acknowledgement. */
function openReader(file: string) {
  const db = connect(file, { readonly: true });
  const read = new SqliteRead(db);
  const scan = new SqliteScan(db, read);
  return {
    after: (name: string, after: number, limit: number, maxBytes: number) =>
      read.after(name, after, limit, maxBytes),
    newest: (name: string, most: Newest) => read.newest(name, most),
    range: (name: string, range: HistoryRange, limit: number) => scan.range(name, range, limit),
    buckets: (name: string, range: HistoryRange, points: number) => scan.buckets(name, range, points),
    close(): void {
      db.close();
    },
  };
}
export type ReaderCalls = ReturnType<typeof openReader>;

answerCalls(parentPort!, () => openReader((workerData as { file: string }).file));
