import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { type Conditions, Pipe } from './pipe.ts';
import { type Random, seededRandom } from './random.ts';

/** One connection through the proxy. */
export class Line {
  /** From the client to the server. */
  readonly up: Pipe;
  /** From the server to the client. */
  readonly down: Pipe;
  readonly #sockets: readonly [client: Socket, server: Socket];

  constructor(client: Socket, server: Socket, random: Random, onClose: () => void) {
    this.#sockets = [client, server];
    this.up = new Pipe(client, server, random);
    this.down = new Pipe(server, client, random);
    let open = 2;
    for (const socket of this.#sockets) {
      socket.setNoDelay(true);
      // Whatever breaks one side breaks the other: that is what a proxy in between shows of it.
      socket.on('error', () => this.reset());
      socket.on('close', () => {
        open -= 1;
        if (open > 0) return;
        this.up.close();
        this.down.close();
        onClose();
      });
    }
  }

  /** Cut off with RST on both sides, whatever is on its way. */
  reset(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  /** As if the cable were cut: nothing passes, and nobody is told. */
  stall(): void {
    this.up.stall();
    this.down.stall();
  }

  /** No fault any more; what waited goes through. */
  mend(): void {
    for (const pipe of [this.up, this.down]) {
      pipe.set({});
      pipe.resume();
    }
  }
}

/** What a new line is like, drawn when it is opened. */
export type Weather = (random: Random) => { up?: Conditions; down?: Conditions };

/**
 * A TCP proxy in front of a server on this machine, that does to its lines what networks do. Faults are given by
 * calls, per line and direction; what chance decides comes from the seed.
 */
export class FaultProxy {
  readonly port: number;
  readonly lines = new Set<Line>();
  /** New connections are reset at once; those that stand are not touched. */
  refusing = false;
  weather: Weather = () => ({});
  readonly #server: Server;
  readonly #random: Random;

  private constructor(server: Server, targetPort: number, random: Random) {
    this.#server = server;
    this.#random = random;
    this.port = (server.address() as AddressInfo).port;
    server.on('connection', (client) => this.#accept(client, targetPort));
  }

  static async listen(targetPort: number, seed = 1): Promise<FaultProxy> {
    const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new FaultProxy(server, targetPort, seededRandom(seed));
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const line of this.lines) line.reset();
    await closed;
  }

  #accept(client: Socket, targetPort: number): void {
    if (this.refusing) {
      client.resetAndDestroy();
      return;
    }
    const server = connect({ port: targetPort, host: '127.0.0.1', allowHalfOpen: true });
    const line = new Line(client, server, this.#random, () => this.lines.delete(line));
    const { up = {}, down = {} } = this.weather(this.#random);
    line.up.set(up);
    line.down.set(down);
    this.lines.add(line);
  }
}
