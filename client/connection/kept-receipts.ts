import { z } from 'zod';
import { receipt } from '../../shared/protocol/client-messages.ts';
import type { Receipt } from './intents.ts';

/** A small text that outlives a reload of this tab, and nothing else. Both may throw where a browser forbids it. */
export interface TabMemory {
  read(): string | null;
  write(text: string | null): void;
}

const kept = z.object({ person: z.string(), receipts: z.array(receipt.omit({ id: true })) });

/**
 * Receipts that the server has not confirmed, for the same person after a reload. What another person left behind is
 * wiped, as is all of it on sign-out.
 */
export class KeptReceipts {
  readonly #memory: TabMemory;
  readonly #report: (problem: unknown) => void;
  #person: string | undefined;

  constructor(memory: TabMemory, report: (problem: unknown) => void) {
    this.#memory = memory;
    this.#report = report;
  }

  /**
   * Says who sits here, as a welcome tells it.
   * @returns what that person did before the page was loaded; `changed` where somebody else sat here a moment ago
   */
  meet(person: string): { changed: boolean; receipts: readonly Receipt[] } {
    const before = this.#person;
    this.#person = person;
    if (before !== undefined) return { changed: before !== person, receipts: [] };
    const held = this.#read();
    return { changed: false, receipts: held?.person === person ? held.receipts : [] };
  }

  keep(receipts: readonly Receipt[]): void {
    try {
      if (receipts.length === 0) this.#memory.write(null);
      else if (this.#person !== undefined)
        this.#memory.write(JSON.stringify({ person: this.#person, receipts }));
    } catch (problem) {
      // They still wait in memory; only a reload would lose them.
      this.#report(problem);
    }
  }

  #read(): z.infer<typeof kept> | undefined {
    try {
      const text = this.#memory.read();
      return text === null ? undefined : kept.parse(JSON.parse(text));
    } catch (problem) {
      this.#report(problem);
      return undefined;
    }
  }
}
