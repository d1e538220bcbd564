import { parentPort, workerData } from 'node:worker_threads';
import type { Statement } from 'better-sqlite3';
import { answerCalls } from '../worker-calls.ts';
import { type ConnectOptions, connect } from './connect.ts';

/** Statements kept prepared; an application has some hundred, generated ones push the oldest out. */
const STATEMENTS_KEPT = 500;

function openDatabase({ file, options }: { file: string; options: ConnectOptions }) {
  const db = connect(file, options);
  const statements = new Map<string, Statement>();

  function prepare(sql: string): Statement {
    const kept = statements.get(sql);
    if (kept) return kept;
    const statement = db.prepare(sql);
    if (statements.size >= STATEMENTS_KEPT) statements.delete(statements.keys().next().value as string);
    statements.set(sql, statement);
    return statement;
  }

  return {
    run(sql: string, parameters: readonly unknown[]): { rows: unknown[]; changes?: number; lastId?: number } {
      const statement = prepare(sql);
      if (statement.reader) return { rows: statement.all(parameters) };
      const { changes, lastInsertRowid } = statement.run(parameters);
      return { rows: [], changes, lastId: Number(lastInsertRowid) };
    },
    close(): void {
      db.close();
    },
  };
}
export type SqliteCalls = ReturnType<typeof openDatabase>;

answerCalls(parentPort!, () => openDatabase(workerData as Parameters<typeof openDatabase>[0]));
