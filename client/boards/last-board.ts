const KEY = 'callboard.lastBoard';

/** The board this browser showed last: where `/` leads. A browser without storage starts at the list. */
export function lastBoard(): string | undefined {
  try {
    return localStorage.getItem(KEY) ?? undefined;
  } catch {
    return undefined;
  }
}

export function rememberBoard(slug: string): void {
  try {
    localStorage.setItem(KEY, slug);
  } catch {
    // Private windows may refuse; then `/` is the list.
  }
}

/** For a board that is gone, or was forbidden: `/` must not lead there again. */
export function forgetBoard(slug: string): void {
  try {
    if (lastBoard() === slug) localStorage.removeItem(KEY);
  } catch {
    // See above.
  }
}
