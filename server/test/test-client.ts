import type { ClientOptions } from 'ws';
import { WebSocket } from 'ws';
import type {
  ServerMessage,
  ServerMessageOf,
  ServerMessageType,
} from '../../shared/protocol/server-messages.ts';
import { PROTOCOL_VERSION, SUBPROTOCOL } from '../../shared/protocol/version.ts';

const PATIENCE_MS = 10_000;

export interface TestClientOptions {
  /** API key for the `Authorization` header. */
  key?: string;
  cookie?: string;
  origin?: string;
  protocols?: string[];
  headers?: Record<string, string>;
  /** Fields of the hello beside `protocol`; `false` says no hello. */
  hello?: Record<string, unknown> | false;
  ws?: ClientOptions;
}

type Matches = (message: ServerMessage) => boolean;

/**
 * A WebSocket client that records what comes and waits for what should come. Knows nothing of recovery: tests say
 * themselves what is sent.
 */
export class TestClient {
  readonly ws: WebSocket;
  /** Everything received, in order. */
  readonly messages: ServerMessage[] = [];
  /** How many messages each frame held. */
  readonly frames: number[] = [];
  /** Resolves with code and reason when the socket is closed. */
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly #waiting = new Set<() => void>();
  #lastId = 0;
  #ended: string | undefined;

  private constructor(ws: WebSocket) {
    this.ws = ws;
    this.closed = new Promise((resolve) => {
      ws.on('close', (code, reason) => {
        this.#ended = `closed with ${code} ${reason.toString()}`;
        resolve({ code, reason: reason.toString() });
        this.#wake();
      });
    });
    ws.on('message', (data) => {
      const parsed = JSON.parse(data.toString()) as ServerMessage | ServerMessage[];
      const messages = Array.isArray(parsed) ? parsed : [parsed];
      this.frames.push(messages.length);
      this.messages.push(...messages);
      this.#wake();
    });
  }

  /**
   * Connects, says hello and waits for the welcome (with `hello: false`, for the handshake only).
   * @param url `ws://…` or `http://…`, with or without `/ws`
   * @throws when the upgrade is refused: `HTTP 403 {…}`
   */
  static async connect(url: string, options: TestClientOptions = {}): Promise<TestClient> {
    const client = await TestClient.open(url, options);
    if (options.hello !== false) {
      client.send({ type: 'hello', protocol: PROTOCOL_VERSION, ...options.hello });
      await client.next('welcome');
    }
    return client;
  }

  static async open(url: string, options: TestClientOptions = {}): Promise<TestClient> {
    const { key, cookie, origin, protocols = [SUBPROTOCOL], headers = {}, ws: rest = {} } = options;
    const address = new URL(url.replace(/^http/, 'ws'));
    if (address.pathname === '/') address.pathname = '/ws';
    const ws = new WebSocket(address, protocols, {
      ...rest,
      ...(origin !== undefined && { origin }),
      headers: {
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
        ...(cookie !== undefined && { cookie }),
        ...headers,
      },
    });
    const client = new TestClient(ws);
    await new Promise<void>((resolve, reject) => {
      ws.on('open', resolve);
      ws.on('error', reject);
      ws.on('unexpected-response', (_request, response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => {
          body += chunk.toString();
        });
        response.on('end', () =>
          reject(Object.assign(new Error(`HTTP ${response.statusCode} ${body}`), { response })),
        );
      });
    });
    return client;
  }

  get clientId(): string {
    return this.last('welcome').clientId;
  }

  send(...messages: unknown[]): void {
    this.ws.send(JSON.stringify(messages.length === 1 ? messages[0] : messages));
  }

  /** Sends a request with an id of its own and waits for what carries that id. */
  async request(message: Record<string, unknown>): Promise<ServerMessage> {
    this.#lastId += 1;
    const id = `request-${this.#lastId}`;
    this.send({ ...message, id });
    return this.waitFor((reply) => 'id' in reply && reply.id === id);
  }

  /** Subscribes and returns the answer. @throws when the answer is an error */
  async subscribe(
    channel: string,
    wish: Record<string, unknown> = {},
  ): Promise<ServerMessageOf<'subscribed'>> {
    const reply = await this.request({ type: 'subscribe', channel, ...wish });
    if (reply.type !== 'subscribed') throw new Error(JSON.stringify(reply));
    return reply;
  }

  all<T extends ServerMessageType>(type: T): ServerMessageOf<T>[] {
    return this.messages.filter((message): message is ServerMessageOf<T> => message.type === type);
  }

  last<T extends ServerMessageType>(type: T): ServerMessageOf<T> {
    const found = this.all(type).at(-1);
    if (!found) throw new Error(`no ${type} has come`);
    return found;
  }

  /** The first message of a type, received or yet to come, that matches. */
  async next<T extends ServerMessageType>(
    type: T,
    matches: (message: ServerMessageOf<T>) => boolean = () => true,
  ): Promise<ServerMessageOf<T>> {
    const found = await this.waitFor(
      (message) => message.type === type && matches(message as ServerMessageOf<T>),
    );
    return found as ServerMessageOf<T>;
  }

  async waitFor(matches: Matches): Promise<ServerMessage> {
    let found: ServerMessage | undefined;
    await this.until(() => {
      found = this.messages.find(matches);
      return found !== undefined;
    });
    return found!;
  }

  /** Waits until a condition on what has been received holds; asks again with each frame. */
  async until(holds: () => boolean): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while (!holds()) {
      if (this.#ended !== undefined)
        throw new Error(`The connection was ${this.#ended}; got ${this.#tail()}`);
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`It did not come within ${PATIENCE_MS} ms; got ${this.#tail()}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(done, left);
        const waiting = this.#waiting;
        function done(): void {
          clearTimeout(timer);
          waiting.delete(done);
          resolve();
        }
        waiting.add(done);
      });
    }
  }

  async close(): Promise<void> {
    this.ws.close();
    await this.closed;
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  #tail(): string {
    return JSON.stringify(this.messages.slice(-5)).slice(0, 2_000);
  }
}
