/** More marks than this in one row can no longer be told apart. */
const ROW_MARKS_MAX = 40;

export type Marks =
  | { kind: 'cells' }
  | { kind: 'bar' /** of the widest row */; width: number; filled: number };

/**
 * How one row of an audience is drawn: a mark for each person, or a bar where one of the rows has too many.
 * @param most people of the largest row; all rows are drawn to one scale
 */
export function marksOf(online: number, people: number, most: number): Marks {
  if (most <= ROW_MARKS_MAX) return { kind: 'cells' };
  return { kind: 'bar', width: people / most, filled: people === 0 ? 0 : online / people };
}
