import { type Position, position } from '../../shared/protocol/position.ts';

/**
 * How far a reader of several channels has come. As a token it is what `id:` of an event carries: opaque to the reader,
 * in it the positions in the order in which the channels were asked for, empty where one is not known yet.
 */
export class Positions {
  /** Where each channel stands in the two lists. */
  readonly #index: ReadonlyMap<string, number>;
  readonly #places: (Position | undefined)[];
  /** Per channel, its part of the token: only one changes with an event. */
  readonly #parts: string[];

  constructor(channels: readonly string[], known: readonly (Position | undefined)[] = []) {
    this.#index = new Map(channels.map((channel, at) => [channel, at]));
    this.#places = channels.map((_channel, at) => known[at]);
    this.#parts = this.#places.map(partOf);
  }

  get(channel: string): Position | undefined {
    const at = this.#index.get(channel);
    return at === undefined ? undefined : this.#places[at];
  }

  /** @param epoch absent: as before */
  move(channel: string, offset: number, epoch = this.get(channel)?.epoch): void {
    const at = this.#index.get(channel);
    if (at === undefined || epoch === undefined) return;
    this.#places[at] = { epoch, offset };
    this.#parts[at] = partOf(this.#places[at]);
  }

  get token(): string {
    return Buffer.from(this.#parts.join(',')).toString('base64url');
  }
}

function partOf(place: Position | undefined): string {
  return place ? `${place.epoch}:${place.offset}` : '';
}

/**
 * Reads a token back.
 * @param count how many channels it must be for
 * @returns one position per channel, undefined where it was not known; undefined for what is no such token
 */
export function parseToken(token: string, count: number): (Position | undefined)[] | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(token)) return undefined;
  const text = Buffer.from(token, 'base64url').toString();
  const parts = count === 0 && text === '' ? [] : text.split(',');
  if (parts.length !== count) return undefined;
  const places = parts.map((part) => (part === '' ? undefined : parsePart(part)));
  return places.includes(null) ? undefined : (places as (Position | undefined)[]);
}

/** @returns null for what is no position */
function parsePart(part: string): Position | null {
  const [, epoch, offset] = /^([^:]+):(\d{1,16})$/.exec(part) ?? [];
  return position.safeParse({ epoch, offset: Number(offset) }).data ?? null;
}
