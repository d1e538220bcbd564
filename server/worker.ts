import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

/** Every worker thread of the server and its source. The bundle has an entry of each name, flat beside `main`. */
export const workerFiles = {
  'sqlite-worker': './storage/sqlite-worker.ts',
  'log-writer': './log/sqlite-log-writer.ts',
  'log-reader': './log/sqlite-log-reader.ts',
} as const;

export type WorkerName = keyof typeof workerFiles;

/**
 * Starts a worker thread.
 *
 * Built, its file is JavaScript beside this one. From source (dev, tests) it is TypeScript, which no Node of ours reads
 * in a worker, so a line of JavaScript registers tsx there first.
 */
export function startWorker(name: WorkerName, workerData: unknown): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL(`./${name}.js`, import.meta.url), { name, workerData });
  }
  const source = new URL(workerFiles[name], import.meta.url).href;
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm/api')).href.replace(
    /cjs$/,
    'mjs',
  );
  const bootstrap = `import('${tsx}').then((tsx) => { tsx.register(); return import('${source}'); })`;
  // Without execArgv: [] the worker would inherit loaders of the test runner.
  return new Worker(bootstrap, { name, workerData, eval: true, execArgv: [] });
}
