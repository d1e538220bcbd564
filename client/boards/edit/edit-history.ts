import type { Draft } from './draft.ts';

/** Further back nobody remembers what the steps were. */
const STEPS_MAX = 100;
/** Keystrokes in one field, no farther apart than this, are one step. */
const MERGE_MS = 1_500;

export interface Step {
  /** The draft after it. */
  draft: Draft;
  /** What was done: `CPU moved`. */
  label: string;
  /** Steps with the same key that follow closely become one. */
  mergeKey?: string | undefined;
  at: number;
}

/** All steps, done and undone, and how many of them are in force. */
export interface EditHistory {
  base: Draft;
  steps: readonly Step[];
  done: number;
}

export function startHistory(base: Draft): EditHistory {
  return { base, steps: [], done: 0 };
}

export function currentDraft({ base, steps, done }: EditHistory): Draft {
  return done === 0 ? base : steps[done - 1]!.draft;
}

/** Adds a step; what was undone before it is gone. */
export function record(history: EditHistory, step: Step): EditHistory {
  const kept = history.steps.slice(0, history.done);
  const last = kept.at(-1);
  const merges =
    last !== undefined &&
    step.mergeKey !== undefined &&
    last.mergeKey === step.mergeKey &&
    step.at - last.at <= MERGE_MS;
  const steps = merges ? [...kept.slice(0, -1), step] : [...kept, step];
  if (steps.length <= STEPS_MAX) return { ...history, steps, done: steps.length };
  return { base: steps[0]!.draft, steps: steps.slice(1), done: steps.length - 1 };
}

export function undo(history: EditHistory): EditHistory {
  return history.done === 0 ? history : { ...history, done: history.done - 1 };
}

export function redo(history: EditHistory): EditHistory {
  return history.done === history.steps.length ? history : { ...history, done: history.done + 1 };
}
