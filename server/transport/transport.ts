import { randomInt } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { SPREAD_EVENT } from '../../shared/domain/reconnect-spread.ts';
import { PONG_TIMEOUT_MS, SUBSCRIPTIONS_MAX } from '../../shared/limits.ts';
import { SUBPROTOCOL } from '../../shared/protocol/version.ts';
import { AppError } from '../errors.ts';
import { answerRawError } from '../http/raw-error.ts';
import { frameOf } from '../hub/frame.ts';
import { Admission, type AdmissionOptions } from './admission.ts';
import { Connection, type ConnectionParts } from './connection.ts';
import { EventStreams } from './event-streams.ts';
import { ForeignPages } from './foreign-pages.ts';
import { Heartbeat } from './heartbeat.ts';
import { ReconnectSpread } from './reconnect-spread.ts';
import { type Checked, checkUpgrade, type UpgradeParts, UpgradeRequired } from './upgrade.ts';
import { webSocketOptions } from './ws-options.ts';

/** What is said to all takes turns with everything else. */
const SLICE = 200;
const DRAIN_TIMEOUT_MS = 2_000;

export interface TransportOptions
  extends Omit<ConnectionParts, 'heartbeat' | 'welcome' | 'now' | 'metrics' | 'unfinished'>,
    Omit<UpgradeParts, 'admission' | 'foreignPages' | 'draining'>,
    Omit<AdmissionOptions, 'now'> {
  node: string;
  build: string;
  heartbeatMs: number;
  /** For tests; the contract's ten seconds where absent. */
  pongTimeoutMs?: number;
  /** For tests; the contract's fifteen seconds where absent. */
  eventHeartbeatMs?: number;
  maxMessageBytes: number;
  metrics: ConnectionParts['metrics'] & { handshakes: { inc(labels: { result: string }): void } };
  now?: () => number;
}

/** All connections of this node, WebSockets and event streams: takes them in, keeps them, lets them go. */
export class Transport {
  readonly events: EventStreams;
  readonly #options: TransportOptions;
  readonly #server: WebSocketServer;
  readonly #connections = new Set<Connection>();
  readonly #heartbeat: Heartbeat;
  readonly #spread: ReconnectSpread;
  readonly #connectionParts: ConnectionParts;
  readonly #upgradeParts: UpgradeParts;
  #draining = false;

  constructor(options: TransportOptions) {
    const now = options.now ?? (() => performance.now());
    const { heartbeatMs, pongTimeoutMs = PONG_TIMEOUT_MS, node, build, maxMessageBytes } = options;
    this.#options = options;
    this.#heartbeat = new Heartbeat({ intervalMs: heartbeatMs, timeoutMs: pongTimeoutMs, now });
    this.#spread = new ReconnectSpread(
      () => this.#size,
      (spreadMs) => void this.#tellSpread(spreadMs),
    );
    this.#server = new WebSocketServer(webSocketOptions(maxMessageBytes));
    this.#server.on('wsClientError', ({ message }, socket) => {
      this.#refuse(socket, new AppError('malformed', { message }));
    });
    this.#connectionParts = {
      ...options,
      heartbeat: this.#heartbeat,
      unfinished: { bytes: 0 },
      now,
      welcome: () => ({
        node,
        build,
        heartbeatMs,
        limits: { messageBytes: maxMessageBytes, subscriptions: SUBSCRIPTIONS_MAX },
        reconnect: { spreadMs: this.#spread.ms },
      }),
    };
    const admission = new Admission({ ...options, now });
    const foreignPages = new ForeignPages({ ...options, now });
    const draining = (): boolean => this.#draining;
    this.#upgradeParts = { ...options, admission, foreignPages, draining };
    const { welcome } = this.#connectionParts;
    const spreadMs = (): number => this.#spread.ms;
    this.events = new EventStreams({ ...options, admission, draining, welcome, spreadMs });
  }

  /** To be called for `upgrade` of the HTTP server. */
  readonly upgrade = (req: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', () => socket.destroy());
    checkUpgrade(req, this.#upgradeParts).then(
      (checked) => this.#accept(req, socket, head, checked),
      (cause: unknown) => this.#refuse(socket, cause),
    );
  };

  /**
   * Takes no more connections, and sends each away with a slot of its own to come back in (DRN-1, DRN-2).
   * Resolves when all of them are closed.
   */
  async drain(reason: string): Promise<void> {
    this.#draining = true;
    this.#heartbeat.close();
    this.#spread.close();
    this.events.close();
    const leaving = shuffled([...this.#connections, ...this.events.all()]);
    const spreadMs = this.#spread.ms;
    for (const [place, connection] of leaving.entries()) {
      connection.drain(Math.round((spreadMs * (place + 1)) / leaving.length), reason);
      if (place % SLICE === SLICE - 1) await new Promise((resolve) => setImmediate(resolve));
    }
    const deadline = performance.now() + DRAIN_TIMEOUT_MS;
    while (this.#size > 0 && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    for (const connection of [...this.#connections, ...this.events.all()]) connection.terminate();
  }

  get #size(): number {
    return this.#connections.size + this.events.size;
  }

  async #tellSpread(spreadMs: number): Promise<void> {
    const message = { type: 'message', event: SPREAD_EVENT, data: { spreadMs } } as const;
    const frame = frameOf([JSON.stringify(message)]);
    this.events.spreadAnew();
    for (const [place, connection] of [...this.#connections].entries()) {
      connection.send(message, frame);
      if (place % SLICE === SLICE - 1) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #accept(req: IncomingMessage, socket: Duplex, head: Buffer, checked: Checked): void {
    const { place } = checked;
    socket.once('close', place.release);
    if (this.#draining) this.#refuse(socket, new AppError('draining', { retryAfterMs: 5_000 }));
    if (socket.destroyed || this.#draining) {
      place.release();
      return;
    }
    const { metrics } = this.#options;
    this.#server.handleUpgrade(req, socket, head, (ws) => {
      const connection = new Connection(this.#connectionParts, ws, socket as Socket, checked);
      this.#connections.add(connection);
      socket.once('close', () => this.#connections.delete(connection));
      if (checked.signInRequired) connection.close('signInRequired');
      else if (ws.protocol !== '' && ws.protocol !== SUBPROTOCOL) connection.close('versionRefused');
      metrics.handshakes.inc({ result: 'accepted' });
    });
  }

  #refuse(socket: Duplex, cause: unknown): void {
    const { log, metrics } = this.#options;
    const error = cause instanceof AppError ? cause : new AppError('internal', { cause });
    if (error.error === 'internal') log.error({ err: cause }, 'an upgrade failed');
    metrics.handshakes.inc({ result: error.error });
    if (socket.destroyed) return;
    if (error instanceof UpgradeRequired) {
      const headers = { Upgrade: 'websocket', 'Sec-WebSocket-Version': '13' };
      answerRawError(socket, error, { status: 426, headers });
      return;
    }
    answerRawError(socket, error, error.error === 'methodNotAllowed' ? { headers: { Allow: 'GET' } } : {});
  }
}

function shuffled<T>(list: T[]): T[] {
  for (let at = list.length - 1; at > 0; at -= 1) {
    const other = randomInt(at + 1);
    [list[at], list[other]] = [list[other]!, list[at]!];
  }
  return list;
}
