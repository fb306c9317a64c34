import script from './script.json' with { type: 'json' };

/** A turn of a user: what they say, and the question (or `menu`) that must be asked then. */
export interface Line {
  say: string;
  hear: string;
}

/** The intake's first ten answers, one of them not understood: 12 turns of the user number `n`. */
export function linesOf(n: number): Line[] {
  return script.map(({ say, hear }, i) => ({ say: say[(n * 7 + i * 3) % say.length]!, hear }));
}
