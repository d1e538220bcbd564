/** What must never happen, by the words that the report uses. */
export const violationKinds = [
  'silent gap',
  'duplicate',
  'reorder',
  'two payloads',
  'acknowledged, lost',
  'published twice',
  'published, refused',
  'never sent',
  'overtaken',
  'shown, not kept',
  'false recovery',
  'wrong reason',
  'epoch changed',
  'out of turn',
  'never caught up',
] as const;
export type ViolationKind = (typeof violationKinds)[number];

const LISTED_MAX = 50;

/** Counts all violations and keeps the first few in words. */
export class Ledger {
  readonly counts = new Map<ViolationKind, number>();
  readonly listed: string[] = [];

  /** @param count how many offsets or publications it concerns */
  note(kind: ViolationKind, what: string, count = 1): void {
    this.counts.set(kind, this.count(kind) + count);
    if (this.listed.length < LISTED_MAX) this.listed.push(`${kind}: ${what}`);
  }

  count(kind: ViolationKind): number {
    return this.counts.get(kind) ?? 0;
  }

  get total(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }
}
