import { createHash, randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/*
 * Many viewers in one process, run by fan-out tests and benchmarks. Each is a bare socket that looks for offsets in
 * the bytes: a real WebSocket client in such numbers would measure itself.
 *
 *   node --import tsx viewers.ts '{"port":…, "key":"…", "clients":500, "channels":["a"]}'
 *
 * Tells its parent {connected}, then answers {report} with what every viewer got, and its own CPU time.
 */

export interface ViewersOptions {
  port: number;
  key: string;
  clients: number;
  channels: string[];
}

export interface ViewersReport {
  /** Publications over all viewers and channels. */
  received: number;
  frames: number;
  bytes: number;
  /** The first few things that went wrong: an offset out of order, a gap, a close. */
  faults: string[];
  faultCount: number;
  /** Last offset per channel, the smallest over all viewers. */
  behindMost: Record<string, number>;
  cpuMs: number;
}

const OFFSET = Buffer.from('"offset":');
const CHANNEL = Buffer.from('"channel":"');
const GAP = Buffer.from('"type":"gap"');
const QUOTE = 0x22;

class Viewer {
  readonly offsets = new Map<string, number>();
  subscribed = 0;
  readonly #socket: Socket;
  readonly #report: ViewersReport;
  #rest: Buffer = Buffer.alloc(0);
  #open = false;

  constructor({ port, key, channels }: ViewersOptions, report: ViewersReport, onReady: () => void) {
    this.#report = report;
    const nonce = randomBytes(16).toString('base64');
    this.#socket = connect(port, '127.0.0.1', () => {
      this.#socket.setNoDelay(true);
      this.#socket.write(
        `GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
          `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${nonce}\r\nAuthorization: Bearer ${key}\r\n\r\n`,
      );
    });
    this.#socket.on('error', (error) => this.#fault(error.message));
    this.#socket.on('close', () => this.#fault('closed'));
    this.#socket.on('data', (chunk) => {
      this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
      if (!this.#open) {
        const end = this.#rest.indexOf('\r\n\r\n');
        if (end < 0) return;
        const accept = createHash('sha1')
          .update(`${nonce}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
          .digest('base64');
        const head = this.#rest.subarray(0, end).toString('latin1');
        if (!head.startsWith('HTTP/1.1 101') || !head.includes(accept)) this.#fault(head);
        this.#open = true;
        this.#rest = this.#rest.subarray(end + 4);
        const wishes = channels.map((channel, id) => ({ type: 'subscribe', id, channel }));
        this.#send(JSON.stringify([{ type: 'hello', protocol: 1 }, ...wishes]));
      }
      this.#frames();
      if (this.subscribed === channels.length) {
        this.subscribed += 1;
        onReady();
      }
    });
  }

  #frames(): void {
    for (;;) {
      const { length: have } = this.#rest;
      if (have < 2) return;
      const short = this.#rest[1]!;
      const header = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (have < header) return;
      const length =
        short < 126
          ? short
          : short === 126
            ? this.#rest.readUInt16BE(2)
            : Number(this.#rest.readBigUInt64BE(2));
      if (have < header + length) return;
      const payload = this.#rest.subarray(header, header + length);
      const opcode = this.#rest[0]! & 15;
      this.#rest = this.#rest.subarray(header + length);
      if (opcode === 1) this.#text(payload);
      else if (opcode === 9) this.#write(10, payload);
      else if (opcode === 8) this.#fault(`closed with ${payload.readUInt16BE(0)} ${payload.subarray(2)}`);
    }
  }

  #text(payload: Buffer): void {
    this.#report.frames += 1;
    this.#report.bytes += payload.length;
    if (this.subscribed < Number.POSITIVE_INFINITY && payload.includes('"type":"subscribed"')) {
      for (const message of [JSON.parse(payload.toString())].flat()) this.#learn(message);
      return;
    }
    if (payload.includes(GAP)) this.#fault(payload.toString('utf8', 0, 200));
    for (let at = payload.indexOf(CHANNEL); at >= 0; at = payload.indexOf(CHANNEL, at + 1)) {
      const from = at + CHANNEL.length;
      const channel = payload.toString('latin1', from, payload.indexOf(QUOTE, from));
      const digits = payload.indexOf(OFFSET, from) + OFFSET.length;
      this.#got(channel, Number.parseInt(payload.toString('latin1', digits, digits + 12), 10));
    }
  }

  #learn(message: { type: string; channel: string; offset: number }): void {
    if (message.type === 'subscribed') {
      this.subscribed += 1;
      this.offsets.set(message.channel, message.offset);
    } else if (message.type === 'publication') {
      this.#got(message.channel, message.offset);
    }
  }

  #got(channel: string, offset: number): void {
    const before = this.offsets.get(channel);
    if (before === undefined || offset !== before + 1) this.#fault(`${channel}: ${offset} after ${before}`);
    this.offsets.set(channel, offset);
    this.#report.received += 1;
  }

  #fault(text: string): void {
    this.#report.faultCount += 1;
    if (this.#report.faults.length < 10) this.#report.faults.push(text);
  }

  #send(text: string): void {
    this.#write(1, Buffer.from(text));
  }

  /** A masked frame; the mask is zero, which RFC 6455 allows and costs nothing. */
  #write(opcode: number, payload: Buffer): void {
    const long = payload.length > 125;
    const header = Buffer.alloc(long ? 8 : 6);
    header[0] = 0x80 | opcode;
    header[1] = 0x80 | (long ? 126 : payload.length);
    if (long) header.writeUInt16BE(payload.length, 2);
    this.#socket.write(Buffer.concat([header, payload]));
  }
}

function run(options: ViewersOptions): void {
  const report: ViewersReport = {
    ...{ received: 0, frames: 0, bytes: 0, faultCount: 0, cpuMs: 0 },
    faults: [],
    behindMost: {},
  };
  const viewers: Viewer[] = [];
  let ready = 0;
  const connectNext = (): void => {
    if (viewers.length === options.clients) return;
    viewers.push(
      new Viewer(options, report, () => {
        ready += 1;
        if (ready === options.clients) process.send?.({ connected: ready });
        connectNext();
      }),
    );
  };
  // A few at a time: this process answers for the handshakes that it asks for.
  for (let count = 0; count < 20; count += 1) connectNext();
  process.on('message', () => {
    for (const channel of options.channels) {
      report.behindMost[channel] = Math.min(...viewers.map(({ offsets }) => offsets.get(channel) ?? 0));
    }
    const { user, system } = process.cpuUsage();
    process.send?.({ ...report, cpuMs: (user + system) / 1_000 });
  });
}

const given = process.argv[2];
if (given !== undefined && process.send) run(JSON.parse(given) as ViewersOptions);
