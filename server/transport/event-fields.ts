/** The fields of one server-sent event. */
export interface EventFields {
  /** Name of the event. */
  event?: string;
  /** What the reader sends as `Last-Event-ID` to go on after this event. */
  id?: string;
  /** ms after which the reader comes back when the line breaks */
  retryMs?: number;
  data?: string;
}

/** What would end a field early, or make a reader ignore it. */
const BREAKS_A_FIELD = ['\r', '\n', '\0'];
/** Each of these ends a line for a reader. */
const LINE_END = /\r\n|\r|\n/;

/**
 * Lines of an event stream, each with its end; a blank line after them makes them an event.
 * @throws Error when name or id hold what would end the field: a stranger's text must never become a field of its own
 */
export function fieldLines({ event, id, retryMs, data }: EventFields): string {
  let lines = '';
  if (retryMs !== undefined) lines += `retry: ${Math.round(retryMs)}\n`;
  if (event !== undefined) lines += field('event', event);
  if (id !== undefined) lines += field('id', id);
  if (data !== undefined) for (const line of data.split(LINE_END)) lines += `data: ${line}\n`;
  return lines;
}

function field(name: string, value: string): string {
  if (BREAKS_A_FIELD.some((sign) => value.includes(sign)))
    throw new Error(`${name} of an event must hold neither CR, LF nor NUL.`);
  return `${name}: ${value}\n`;
}
