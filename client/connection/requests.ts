import type { ClientMessage, RequestId } from '../../shared/protocol/client-messages.ts';
import type { ServerMessage } from '../../shared/protocol/server-messages.ts';
import { RequestError } from './types.ts';

/** Handed the answer, or the reason why there is none. Called in the order of the wire, before what follows it. */
export type Settle = (answer: ServerMessage | RequestError) => void;

export function offlineError(): RequestError {
  return new RequestError({ code: 0, name: 'offline', message: 'Offline: this was not sent.', retry: true });
}

/** Questions that wait for an answer, by id. */
export class Requests {
  #last = 0;
  readonly #waiting = new Map<RequestId, Settle>();

  get size(): number {
    return this.#waiting.size;
  }

  /** Gives the message an id and remembers who asked; sending it is the caller's. */
  ask<M extends ClientMessage>(message: M, settle: Settle): M & { id: number } {
    this.#last += 1;
    this.#waiting.set(this.#last, settle);
    return { ...message, id: this.#last };
  }

  /** @returns whether the message answered a question */
  answer(message: ServerMessage): boolean {
    const id = 'id' in message ? message.id : undefined;
    if (id === undefined) return false;
    const settle = this.#waiting.get(id);
    if (settle === undefined) return false;
    this.#waiting.delete(id);
    settle(message.type === 'error' ? new RequestError(message) : message);
    return true;
  }

  /** Nobody will answer `id` any more. */
  forget(id: RequestId): void {
    this.#waiting.delete(id);
  }

  /** The line is down: whatever was asked on it stays unanswered. */
  failAll(): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const settle of waiting) settle(offlineError());
  }
}
