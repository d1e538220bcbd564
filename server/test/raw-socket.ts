import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A bare TCP connection to a server, for what no HTTP or WebSocket client would send. */
export class RawSocket {
  readonly socket: Socket;
  /** Resolves with everything that came when the server has closed it. */
  readonly closed: Promise<string>;
  #received = '';

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (bytes: Buffer) => {
      this.#received += bytes.toString('latin1');
    });
    // A reset is an end like any other here: what matters is when it comes and what was said before.
    socket.on('error', () => socket.destroy());
    this.closed = new Promise((resolve) => socket.on('close', () => resolve(this.#received)));
  }

  /** @param url `http://…` of the server */
  static open(url: string): Promise<RawSocket> {
    const { hostname, port } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname);
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new RawSocket(socket));
      });
    });
  }

  /** A WebSocket whose frames the test writes by itself; resolves when the server has switched. */
  static async upgrade(url: string, headers: Record<string, string> = {}): Promise<RawSocket> {
    const raw = await RawSocket.open(url);
    raw.request('GET /ws', {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
      ...headers,
    });
    await raw.until('\r\n\r\n');
    return raw;
  }

  get received(): string {
    return this.#received;
  }

  write(bytes: string | Buffer): void {
    if (this.socket.writable) this.socket.write(bytes);
  }

  /** Writes the head of a request. @param line `GET /path` */
  request(line: string, headers: Record<string, string>): void {
    const lines = Object.entries({ Host: 'localhost', ...headers }).map(
      ([name, value]) => `${name}: ${value}`,
    );
    this.write(`${line} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  }

  /** Waits until a text has come. @throws when the server closes before */
  async until(text: string): Promise<void> {
    while (!this.#received.includes(text)) {
      const more = await Promise.race([
        once(this.socket, 'data').then(() => true),
        this.closed.then(() => this.#received.includes(text)),
      ]);
      if (!more) throw new Error(`closed after: ${this.#received}`);
    }
  }
}

/** A masked frame as clients send them. @param mask four bytes; zeros leave the payload readable */
export function clientFrame(opcode: number, payload: Buffer | string = '', fin = true): Buffer {
  const bytes = Buffer.from(payload);
  const head = [(fin ? 0x80 : 0) | opcode];
  if (bytes.length < 126) head.push(0x80 | bytes.length);
  else if (bytes.length < 65_536) head.push(0x80 | 126, bytes.length >> 8, bytes.length & 0xff);
  else head.push(0x80 | 127, 0, 0, 0, 0, ...new Uint8Array(lengthBytes(bytes.length)));
  return Buffer.concat([Buffer.from(head), Buffer.alloc(4), bytes]);
}

function lengthBytes(length: number): Buffer {
  const four = Buffer.alloc(4);
  four.writeUInt32BE(length);
  return four;
}
