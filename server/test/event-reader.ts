import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { EventParser } from './event-parser.ts';

/** Megabytes may have to come on a busy machine. */
const PATIENCE_MS = 30_000;

export interface EventReaderOptions {
  key?: string;
  cookie?: string;
  channels?: string[];
  since?: string;
  lastEventId?: string;
}

/** An event of the server: its data is always a JSON object. */
export interface ReadEvent {
  event: string;
  data: Record<string, unknown>;
  /** What `Last-Event-ID` would carry after this event. */
  id: string;
}

/** A reader of `GET /api/v1/events` that records what comes. It never comes back by itself: tests say when. */
export class EventReader {
  readonly events: ReadEvent[] = [];
  readonly parser = new EventParser();
  readonly response: IncomingMessage;
  /** How the answer ended: properly, or cut off in its midst. */
  readonly ended: Promise<'properly' | 'cut'>;
  readonly #request: ClientRequest;
  readonly #waiting = new Set<() => void>();
  #over = false;

  private constructor(sent: ClientRequest, response: IncomingMessage) {
    this.#request = sent;
    this.response = response;
    response.on('data', (chunk: Buffer) => {
      this.parser.push(chunk);
      for (const { event, data, lastEventId } of this.parser.events.splice(0))
        this.events.push({ event, data: JSON.parse(data), id: lastEventId });
      this.#wake();
    });
    this.ended = new Promise((resolve) => {
      response.on('error', () => resolve('cut'));
      response.on('close', () => {
        this.#over = true;
        resolve(response.complete ? 'properly' : 'cut');
        this.#wake();
      });
    });
  }

  /** Resolves with the head of the answer, before any event. @throws when it is refused: `HTTP 403 {…}` */
  static async open(url: string, options: EventReaderOptions = {}): Promise<EventReader> {
    const { key, cookie, channels = [], since, lastEventId } = options;
    const query = new URLSearchParams({
      ...(channels.length > 0 && { channels: channels.join(',') }),
      ...(since !== undefined && { since }),
    });
    const sent = request(`${url}/api/v1/events?${query}`, {
      // As a browser's, it would keep the socket for later requests.
      agent: new Agent({ keepAlive: true }),
      headers: {
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
        ...(cookie !== undefined && { cookie }),
        ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
      },
    });
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      sent.on('response', resolve);
      sent.on('error', reject);
      sent.end();
    });
    if (response.statusCode === 200) return new EventReader(sent, response);
    let body = '';
    for await (const chunk of response) body += String(chunk);
    throw new Error(`HTTP ${response.statusCode} ${body}`);
  }

  get lastId(): string {
    return this.events.at(-1)?.id ?? '';
  }

  all(event: string): Record<string, unknown>[] {
    return this.events.filter((one) => one.event === event).map(({ data }) => data);
  }

  /** Offsets of a channel as they came. */
  offsets(channel: string): number[] {
    return this.all('publication')
      .filter((one) => one.channel === channel)
      .map(({ offset }) => Number(offset));
  }

  /** The first event of that name, received or yet to come, that matches. */
  async next(
    event: string,
    matches: (data: Record<string, unknown>) => boolean = () => true,
  ): Promise<ReadEvent> {
    const find = (): ReadEvent | undefined =>
      this.events.find((one) => one.event === event && matches(one.data));
    await this.until(() => find() !== undefined);
    return find()!;
  }

  /** Waits until a condition on what has been received holds; asks again with each chunk. */
  async until(holds: () => boolean): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while (!holds()) {
      if (this.#over) throw new Error(`The stream is over; got ${this.#tail()}`);
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

  /** Takes nothing from the socket any more. */
  pause(): void {
    this.response.pause();
  }

  resume(): void {
    this.response.resume();
  }

  /** The line breaks, without a word. */
  async cut(): Promise<void> {
    this.#request.destroy();
    await this.ended;
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  #tail(): string {
    return JSON.stringify(this.events.slice(-5)).slice(0, 2_000);
  }
}
