/** A text field's content and what is selected in it. */
export interface Selected {
  text: string;
  start: number;
  end: number;
}

/** Puts marks around the selection, or takes them away where they already stand. */
export function toggleAround({ text, start, end }: Selected, mark: string): Selected {
  const before = text.slice(0, start);
  const inside = text.slice(start, end);
  const after = text.slice(end);
  if (before.endsWith(mark) && after.startsWith(mark)) {
    return {
      text: before.slice(0, -mark.length) + inside + after.slice(mark.length),
      start: start - mark.length,
      end: end - mark.length,
    };
  }
  return { text: before + mark + inside + mark + after, start: start + mark.length, end: end + mark.length };
}

/** Makes list items of the lines that the selection touches, or plain lines of list items. */
export function toggleList({ text, start, end }: Selected): Selected {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const stop = text.indexOf('\n', end);
  const to = stop === -1 ? text.length : stop;
  const lines = text.slice(from, to).split('\n');
  const listed = lines.every((line) => line.startsWith('- '));
  const made = lines.map((line) => (listed ? line.slice(2) : `- ${line}`)).join('\n');
  const grown = made.length - (to - from);
  const first = listed ? -2 : 2;
  return {
    text: text.slice(0, from) + made + text.slice(to),
    start: Math.max(from, start + first),
    end: Math.max(from, end + grown),
  };
}

/** Makes a link of the selection; the address is selected, ready to be typed over. */
export function makeLink({ text, start, end }: Selected): Selected {
  const label = text.slice(start, end) || 'text';
  const made = `[${label}](https://)`;
  const address = start + label.length + 3;
  return {
    text: text.slice(0, start) + made + text.slice(end),
    start: address,
    end: address + 'https://'.length,
  };
}
