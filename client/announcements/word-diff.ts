export interface Piece {
  kind: 'same' | 'gone' | 'new';
  text: string;
}

/** Texts with more words than this are shown side by side instead: the comparison costs words squared. */
export const DIFF_MAX_WORDS = 600;

/** Words and the spaces between them, each a token of its own; so are closing marks. */
function tokens(text: string): string[] {
  return text.match(/\s+|[\p{L}\p{N}][\p{L}\p{N}:.,'’%-]*[\p{L}\p{N}%]|[^\s]/gu) ?? [];
}

/**
 * What was taken out and what was put in between two versions, word by word.
 * By the longest common run of tokens; `undefined` where the texts are too long for that.
 */
export function wordDiff(before: string, after: string): Piece[] | undefined {
  const a = tokens(before);
  const b = tokens(after);
  if (a.length > DIFF_MAX_WORDS || b.length > DIFF_MAX_WORDS) return undefined;
  const width = b.length + 1;
  const common = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] as number;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pieces: Piece[] = [];
  const add = (kind: Piece['kind'], text: string): void => {
    const last = pieces.at(-1);
    if (last?.kind === kind) last.text += text;
    else pieces.push({ kind, text });
  };
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add('same', a[i] as string);
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) {
      add('gone', a[i] as string);
      i += 1;
    } else {
      add('new', b[j] as string);
      j += 1;
    }
  }
  return pieces;
}
