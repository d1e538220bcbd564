import type { ChannelListener, Subscribed } from './subscriptions.ts';

export interface Recorder extends ChannelListener {
  /** All but publications, in words. */
  readonly told: unknown[];
  readonly offsets: number[];
  readonly answers: Subscribed[];
}

/** Writes down all that a channel's listener is told. */
export function recorder(): Recorder {
  const told: unknown[] = [];
  const offsets: number[] = [];
  const answers: Subscribed[] = [];
  return {
    told,
    offsets,
    answers,
    subscribed(answer) {
      answers.push(answer);
      told.push(answer.how);
      for (const { offset } of answer.publications) offsets.push(offset);
    },
    publication: ({ offset }) => offsets.push(offset),
    gap: ({ from, to }) => told.push(`gap ${from}-${to}`),
    lost: () => told.push('lost'),
    failed: (error) => told.push(`failed ${error.reason}`),
  };
}
