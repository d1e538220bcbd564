const SECONDS = 10;

/** Counts the publications of each channel over the last ten seconds. */
export class Rates {
  readonly #clock: () => number;
  readonly #meters = new Map<string, { counts: Uint32Array; second: number }>();

  /** @param clock ms */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  count(channel: string): void {
    const second = this.#second();
    let meter = this.#meters.get(channel);
    if (!meter) {
      meter = { counts: new Uint32Array(SECONDS), second };
      this.#meters.set(channel, meter);
    }
    advance(meter, second);
    meter.counts[second % SECONDS]! += 1;
  }

  /** Publications a second. */
  of(channel: string): number {
    const meter = this.#meters.get(channel);
    if (!meter) return 0;
    advance(meter, this.#second());
    return meter.counts.reduce((sum, count) => sum + count, 0) / SECONDS;
  }

  /** Forgets channels that have been silent. */
  sweep(): void {
    for (const channel of this.#meters.keys()) if (this.of(channel) === 0) this.#meters.delete(channel);
  }

  #second(): number {
    return Math.floor(this.#clock() / 1_000);
  }
}

/** Empties the seconds that have passed since the meter was used. */
function advance(meter: { counts: Uint32Array; second: number }, second: number): void {
  const passed = Math.min(second - meter.second, SECONDS);
  for (let step = 1; step <= passed; step += 1) meter.counts[(meter.second + step) % SECONDS] = 0;
  if (passed > 0) meter.second = second;
}
