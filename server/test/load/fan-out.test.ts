import { afterEach, expect, test } from 'vitest';
import { ViewerProcesses } from '../../../e2e/load/viewer-processes.ts';
import { ServerProcess } from '../server-process.ts';

const CLIENTS = 1_000;
const RATE = 50;
const SECONDS = 20;

let server: ServerProcess | undefined;
let viewers: ViewerProcesses | undefined;

afterEach(async () => {
  viewers?.end();
  await server?.remove();
});

test(`[ORD-1] [ORD-2] ${CLIENTS} clients receive ${RATE} publications/s for ${SECONDS} s, each in order, no gap, no duplicate`, async () => {
  server = await ServerProcess.start({ MAX_CONNECTIONS_PER_ADDRESS: '2000' });
  const port = Number(new URL(server.url).port);
  viewers = await ViewerProcesses.start(
    { port, key: server.adminKey, clients: CLIENTS, channels: ['load'] },
    2,
  );

  const total = RATE * SECONDS;
  const from = performance.now();
  const answers: Promise<{ status: number }>[] = [];
  for (let sent = 0; sent < total; sent += 1) {
    const dueMs = from + (sent * 1_000) / RATE - performance.now();
    if (dueMs > 0) await new Promise((resolve) => setTimeout(resolve, dueMs));
    const publication = { channel: 'load', data: { n: sent, text: 'x'.repeat(100) } };
    answers.push(server.call('POST', '/publish', publication));
  }
  const statuses = new Set((await Promise.all(answers)).map(({ status }) => status));
  expect([...statuses]).toEqual([200]);

  await expect
    .poll(
      async () => {
        const reports = (await viewers?.report()) ?? [];
        expect(reports.flatMap(({ faults }) => faults)).toEqual([]);
        return Math.min(...reports.map(({ behindMost }) => behindMost.load ?? 0));
      },
      { timeout: 20_000, interval: 250 },
    )
    .toBe(total);
  const reports = await viewers.report();
  expect(reports.reduce((sum, { received }) => sum + received, 0)).toBe(total * CLIENTS);
});
