import type { Outcome } from './outcome.ts';

/** The middle one; of an even number, the mean of the two in the middle. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  if (Number.isInteger(middle))
    return ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
  return sorted[Math.floor(middle)]!;
}

/**
 * One outcome out of several of the same scenario: void ones do not count unless all are, faults are kept.
 * @param middle of the values of a figure
 */
export function mergeOutcomes(outcomes: readonly Outcome[], middle: (values: number[]) => number): Outcome {
  const valid = outcomes.filter(({ voided }) => voided.length === 0);
  const counted = valid.length > 0 ? valid : outcomes;
  const [first] = counted;
  if (!first) throw new Error('no outcome to merge');
  const names = new Set(counted.flatMap(({ figures }) => Object.keys(figures)));
  const figures = Object.fromEntries(
    [...names].map((name) => {
      const values = counted
        .map((one) => one.figures[name] ?? Number.NaN)
        .filter((one) => !Number.isNaN(one));
      return [name, middle(values)];
    }),
  );
  return {
    ...{ scenario: first.scenario, load: first.load, figures },
    faults: [...new Set(outcomes.flatMap(({ faults }) => faults))],
    voided: valid.length > 0 ? [] : [...new Set(outcomes.flatMap(({ voided }) => voided))],
  };
}
