import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { CLOSE, frame, PING, type ReceivedFrame, takeFrame } from './frames.ts';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const PATIENCE_MS = 10_000;

/** How a connection ended. */
export interface Ending {
  /** Of the close frame; undefined where none came, or one without a code. */
  code: number | undefined;
  reason: string;
  /** All that came, but for what `next` has taken. */
  frames: ReceivedFrame[];
  closeFrames: number;
  error?: string;
}

/** Requests an upgrade: the socket, the head of the answer, and what came behind it. */
async function handshake(
  url: string,
  headers: Record<string, string>,
): Promise<{ socket: Socket; head: string; rest: Buffer }> {
  const { hostname, port, host } = new URL(url);
  const key = randomBytes(16).toString('base64');
  const socket = connect(Number(port), hostname);
  socket.setNoDelay(true);
  const lines = Object.entries({
    Host: host,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': key,
    ...headers,
  }).map(([name, value]) => `${name}: ${value}`);
  socket.write(`GET /ws HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  let got = Buffer.alloc(0);
  while (!got.includes('\r\n\r\n')) {
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    got = Buffer.concat([got, chunk]);
  }
  socket.pause();
  const end = got.indexOf('\r\n\r\n') + 4;
  const head = got.toString('latin1', 0, end);
  const accept = createHash('sha1').update(`${key}${GUID}`).digest('base64');
  if (!head.startsWith('HTTP/1.1 101 ') || !head.includes(`Sec-WebSocket-Accept: ${accept}\r\n`)) {
    throw new Error(`No handshake: ${head}`);
  }
  return { socket, head, rest: got.subarray(end) };
}

/**
 * The client's end of a WebSocket, without any library between: it sends whatever bytes a test wants and keeps every
 * frame that comes, but for the server's own pings. It answers a close frame, as every client does.
 */
export class RawWebSocket {
  /** The head of the server's answer to the handshake. */
  readonly head: string;
  /** What came and has not been taken by `next`. */
  readonly frames: ReceivedFrame[] = [];
  /** Resolves when the TCP connection is closed. */
  readonly ended: Promise<Ending>;
  readonly #socket: Socket;
  readonly #closeFrames: Buffer[] = [];
  #unread: Buffer;
  #wake = (): void => {};

  private constructor(socket: Socket, head: string, rest: Buffer) {
    this.#socket = socket;
    this.head = head;
    this.#unread = rest;
    let error: string | undefined;
    socket.on('error', (cause) => {
      error = cause.message;
    });
    this.ended = new Promise((resolve) => {
      socket.on('close', () => {
        const [payload = Buffer.alloc(0)] = this.#closeFrames;
        resolve({
          code: payload.length >= 2 ? payload.readUInt16BE(0) : undefined,
          reason: payload.toString('utf8', 2),
          frames: this.frames,
          closeFrames: this.#closeFrames.length,
          ...(error !== undefined && { error }),
        });
        this.#wake();
      });
    });
    socket.on('data', (chunk) => {
      this.#unread = Buffer.concat([this.#unread, chunk]);
      this.#read();
    });
    this.#read();
    socket.resume();
  }

  static async open(url: string, headers: Record<string, string> = {}): Promise<RawWebSocket> {
    const { socket, head, rest } = await handshake(url, headers);
    return new RawWebSocket(socket, head, rest);
  }

  /** Sends frames, or any bytes, in one piece. */
  send(...bytes: Uint8Array[]): void {
    this.#socket.write(Buffer.concat(bytes));
  }

  /** Sends bytes in pieces of a size, each in a write of its own. Those that find the connection closed are dropped. */
  async trickle(bytes: Uint8Array, size = 1): Promise<void> {
    for (let at = 0; at < bytes.length && this.#socket.writable; at += size) {
      this.#socket.write(bytes.subarray(at, at + size));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Takes the next frame. @throws Error when the connection ends before it */
  async next(): Promise<ReceivedFrame> {
    const timer = setTimeout(() => this.#socket.destroy(), PATIENCE_MS);
    let received = this.frames.shift();
    while (!received) {
      if (this.#socket.destroyed) throw new Error('The connection ended before the next frame.');
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      received = this.frames.shift();
    }
    clearTimeout(timer);
    return received;
  }

  /** Without a close frame. */
  destroy(): void {
    this.#socket.destroy();
  }

  #read(): void {
    for (let taken = takeFrame(this.#unread); taken; taken = takeFrame(this.#unread)) {
      this.#unread = taken.rest;
      this.#take(taken.frame);
    }
    this.#wake();
  }

  #take(received: ReceivedFrame): void {
    if (received.opcode === CLOSE) {
      this.#closeFrames.push(received.payload);
      if (this.#socket.writable) this.#socket.write(frame(CLOSE, received.payload.subarray(0, 2)));
    } else if (received.opcode !== PING) {
      this.frames.push(received);
    }
  }
}
