/** An event as a reader gets it dispatched. */
export interface ParsedEvent {
  event: string;
  data: string;
  /** The last id up to here: an event without one keeps that of the event before. */
  lastEventId: string;
}

/** Reads an event stream as the WHATWG lays it down (HTML, 9.2.6), written from that text and not from our writer. */
export class EventParser {
  readonly events: ParsedEvent[] = [];
  comments = 0;
  retryMs: number | undefined;
  readonly #decoder = new TextDecoder('utf-8');
  #rest = '';
  #event = '';
  #data = '';
  #lastEventId = '';

  push(bytes: Uint8Array): void {
    const lineEnd = /\r\n|\n|\r/g;
    // A CR at the very end may be the first half of a CR LF: it is looked at again.
    lineEnd.lastIndex = Math.max(0, this.#rest.length - 1);
    this.#rest += this.#decoder.decode(bytes, { stream: true });
    let start = 0;
    for (let end = lineEnd.exec(this.#rest); end; end = lineEnd.exec(this.#rest)) {
      if (end[0] === '\r' && end.index === this.#rest.length - 1) break;
      this.#line(this.#rest.slice(start, end.index));
      start = lineEnd.lastIndex;
    }
    this.#rest = this.#rest.slice(start);
  }

  #line(line: string): void {
    if (line === '') {
      this.#dispatch();
      return;
    }
    const colon = line.indexOf(':');
    if (colon === 0) {
      this.comments += 1;
      return;
    }
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'event') this.#event = value;
    else if (name === 'data') this.#data += `${value}\n`;
    else if (name === 'id' && !value.includes('\0')) this.#lastEventId = value;
    else if (name === 'retry' && /^[0-9]+$/.test(value)) this.retryMs = Number(value);
  }

  #dispatch(): void {
    if (this.#data !== '') {
      this.events.push({
        event: this.#event || 'message',
        data: this.#data.slice(0, -1),
        lastEventId: this.#lastEventId,
      });
    }
    this.#event = '';
    this.#data = '';
  }
}
