/** Data of a publication: when it was made, by the common clock, and filling. */
export function dataOf(bytes: number, at: number): string {
  const head = `{"t":${at.toFixed(3)},"fill":"`;
  return `${head}${'x'.repeat(Math.max(0, bytes - head.length - 2))}"}`;
}
