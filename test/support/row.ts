/** Whether a row is run in its whole size (`npm run test:full`) or in the cut for every day; never with a smaller claim. */
export const isFull = process.env.FULL === '1';

/** The seed of this run: `SEED=…` replays a failure. */
export const seed = Number(process.env.SEED ?? 1 + (Date.now() % 1_000_000));

/** How much of something is done: the everyday cut or the whole. */
export function amount(everyday: number, whole: number): number {
  return isFull ? whole : everyday;
}

/** Prints the line of a row. */
export function tellRow(line: string): void {
  console.log(`      ${line}`);
}
