import { connect, type Socket } from 'node:net';

export interface Answer {
  status: number;
  body: string;
}

/**
 * One keep-alive connection, one request at a time. Node's own client takes longer for a request than a server under
 * test for its answer.
 */
export class HttpLane {
  readonly #port: number;
  readonly #key: string;
  #socket: Socket | undefined;
  #received = Buffer.alloc(0);
  #waiting: { resolve(answer: Answer): void; reject(error: Error): void } | undefined;

  constructor(port: number, key: string) {
    this.#port = port;
    this.#key = key;
  }

  get free(): boolean {
    return this.#waiting === undefined;
  }

  /** @throws Error when the connection ends before the answer: whether the request was done is not known */
  post(path: string, body: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket ??= this.#connect();
      this.#socket.write(
        `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${this.#port}\r\nAuthorization: Bearer ${this.#key}\r\n` +
          `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
    });
  }

  end(): void {
    this.#waiting = undefined;
    this.#socket?.destroy();
  }

  #connect(): Socket {
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true });
    socket.on('data', (chunk) => {
      this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
      const answer = readAnswer(this.#received);
      if (answer === undefined) return;
      this.#received = this.#received.subarray(answer.end);
      const { resolve } = this.#waiting!;
      this.#waiting = undefined;
      resolve(answer);
    });
    const onEnd = (error: Error): void => {
      if (this.#socket !== socket) return;
      this.#socket = undefined;
      this.#received = Buffer.alloc(0);
      const waiting = this.#waiting;
      this.#waiting = undefined;
      waiting?.reject(error);
    };
    socket.on('error', onEnd);
    socket.on('close', () => onEnd(new Error('the connection was closed')));
    return socket;
  }
}

/** The first answer in these bytes, and where it ends; undefined while it is not there as a whole. */
export function readAnswer(bytes: Buffer): (Answer & { end: number }) | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const head = bytes.toString('latin1', 0, headEnd);
  const status = Number(head.slice(9, 12));
  const [, length] = /\r\ncontent-length: *(\d+)/i.exec(head) ?? [];
  const start = headEnd + 4;
  const end = start + Number(length ?? 0);
  return bytes.length < end ? undefined : { status, body: bytes.toString('utf8', start, end), end };
}
