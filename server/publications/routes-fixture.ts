import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { pino } from 'pino';
import type { Account } from '../auth/account.ts';
import type { BusPublication } from '../bus/bus.ts';
import { LocalBus } from '../bus/local-bus.ts';
import { readConfig } from '../config.ts';
import { createHttpApp } from '../http/http-app.ts';
import { RingBudget } from '../log/ring.ts';
import { SqliteLog } from '../log/sqlite-log.ts';
import { ChannelsService } from './channels-service.ts';
import { Publisher } from './publisher.ts';
import { publicationRoutes } from './routes.ts';

export const NOW = Date.UTC(2026, 0, 1);
export const MAX_MESSAGE_BYTES = 2_000;

const person = (role: Account['role']): Account => ({
  id: role,
  kind: 'person',
  name: role,
  role,
  groups: [],
});

/** Who may ask, by the token that names them. */
const accounts: Record<string, Account> = {
  viewer: person('viewer'),
  operator: person('operator'),
  pumps: { ...person('viewer'), id: 'key:1', kind: 'key', scopes: ['publish:pumps.*', 'subscribe:pumps.*'] },
};

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever came
  body: any;
}

/** The routes of publishing behind the real HTTP door, over a real log; the clock stands still. */
export class RoutesFixture {
  /** What the hubs were told since the last `forget`. */
  heard: BusPublication[] = [];
  ended: string[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), 'callboard-publications-'));
  #log!: SqliteLog;
  #server!: Server;

  async start(): Promise<void> {
    const clock = (): number => NOW;
    const log = await SqliteLog.open({
      file: join(this.#folder, 'log.db'),
      retention: { publications: 1e6, hours: 24, bytes: 1e9 },
      maxChannels: 1_000,
      maxBytes: 1e9,
      rings: new RingBudget(1e7),
      clock,
    });
    const bus = new LocalBus();
    bus.on('publications', (publications) => this.heard.push(...publications));
    bus.on('epochEnded', ({ channel }) => this.ended.push(channel));
    const publisher = new Publisher({ log, bus, maxMessageBytes: MAX_MESSAGE_BYTES, clock });
    const activity = { subscribers: () => 3, rate: () => 0.5 };
    const app = createHttpApp({
      config: readConfig({ MAX_MESSAGE_BYTES: String(MAX_MESSAGE_BYTES) }),
      log: pino({ enabled: false }),
      authenticate: async (req) => accounts[req.headers.authorization?.slice('Bearer '.length) ?? ''],
      observe: () => {},
      draining: () => false,
      features: [publicationRoutes({ publisher, channels: new ChannelsService({ log, bus, activity }) })],
      root: [express.Router()],
      client: (_req, _res, next) => next(),
    });
    this.#log = log;
    this.#server = createServer(app).listen(0, '127.0.0.1');
    await new Promise((resolve) => this.#server.once('listening', resolve));
  }

  async stop(): Promise<void> {
    this.#server.close();
    await this.#log.close();
    await rm(this.#folder, { recursive: true });
  }

  forget(): void {
    this.heard = [];
    this.ended = [];
  }

  /** Asks as one of the accounts, with a JSON body. */
  ask(method: string, path: string, body?: unknown, as = 'operator'): Promise<Answer> {
    return this.#fetch(
      method,
      path,
      as,
      'application/json',
      body === undefined ? null : JSON.stringify(body),
    );
  }

  /** Posts bytes as they are, by default as curl does. */
  askRaw(
    path: string,
    body: string | Uint8Array<ArrayBuffer>,
    type = 'application/x-www-form-urlencoded',
  ): Promise<Answer> {
    return this.#fetch('POST', path, 'operator', type, body);
  }

  publish(body: unknown, as?: string): Promise<Answer> {
    return this.ask('POST', '/publish', body, as);
  }

  /** The data that a channel has kept. */
  async kept(channel: string): Promise<unknown[]> {
    const { body } = await this.ask('GET', `/channels/${channel}/history`);
    return body.publications.map((one: { data: unknown }) => one.data);
  }

  async #fetch(
    method: string,
    path: string,
    as: string,
    type: string,
    body: string | Uint8Array<ArrayBuffer> | null,
  ): Promise<Answer> {
    const { port } = this.#server.address() as AddressInfo;
    const res = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${as}`, ...(body !== null && { 'content-type': type }) },
      body,
    });
    const text = await res.text();
    return { status: res.status, body: text === '' ? undefined : JSON.parse(text) };
  }
}
