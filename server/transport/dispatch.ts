import { randomUUID } from 'node:crypto';
import type {
  ClientMessage,
  ClientMessageOf,
  ClientMessageType,
} from '../../shared/protocol/client-messages.ts';
import { AppError } from '../errors.ts';
import type { Client } from '../hub/client.ts';
import type { Logger } from '../logger.ts';

/** What answers each type of message. Mechanisms and features bring parts of it; app.ts joins them. */
export type Handlers = {
  [T in Exclude<ClientMessageType, 'hello'>]?: (
    client: Client,
    message: ClientMessageOf<T>,
  ) => void | Promise<void>;
};

/**
 * Hands a message to its handler. What that throws becomes an `error` message with the id of the request.
 * @returns the error that was answered, if one was
 */
export async function dispatch(
  handlers: Handlers,
  client: Client,
  message: Exclude<ClientMessage, { type: 'hello' }>,
  log: Logger,
): Promise<AppError | undefined> {
  const handler = handlers[message.type] as
    | ((client: Client, message: ClientMessage) => void | Promise<void>)
    | undefined;
  try {
    if (!handler) throw new AppError('notYet', { message: `${message.type} is not served yet.` });
    await handler(client, message);
    return undefined;
  } catch (cause) {
    const id = message.id === undefined ? {} : { id: message.id };
    if (cause instanceof AppError) {
      client.send({ type: 'error', ...id, ...cause.toBody() });
      return cause;
    }
    const errorId = randomUUID();
    const error = new AppError('internal', { cause });
    log.error({ err: cause, errorId, client: client.id, type: message.type }, 'a message failed');
    client.send({ type: 'error', ...id, ...error.toBody(), errorId });
    return error;
  }
}
