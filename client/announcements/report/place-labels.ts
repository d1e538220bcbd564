/**
 * Where labels in one row begin: as near to where they belong as they can be without overlap, all within the width.
 * @param wanted where each belongs, rising (px)
 * @param lengths how long each is (px); together no longer than the width
 */
export function placeLabels(wanted: readonly number[], lengths: readonly number[], width: number): number[] {
  const at: number[] = [];
  let free = 0;
  for (const [index, x] of wanted.entries()) {
    at.push(Math.max(x, free));
    free = (at[index] as number) + (lengths[index] as number);
  }
  let end = width;
  for (let index = at.length - 1; index >= 0; index--) {
    at[index] = Math.max(0, Math.min(at[index] as number, end - (lengths[index] as number)));
    end = at[index] as number;
  }
  return at;
}
