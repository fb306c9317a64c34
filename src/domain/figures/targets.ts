import type { Municipality } from '../municipalities/pack.ts';
import type { Measure } from './figure.ts';
import { measured } from './measures.ts';
import type { Figures } from './read-figures.ts';

type Target = NonNullable<Municipality['monitoring']>['targets'][number];

/** A target with how things are: what the service counted in the quarter, or the newest figure that the city wrote. */
export interface TargetNow {
  target: Target;
  counted?: { measure: Measure; value?: number };
  written?: { value: number; date: string; source: string };
}

/** The city's targets beside what is known of each. */
export function targetsNow(city: Municipality, figures: Figures, isOver: boolean): TargetNow[] {
  return (city.monitoring?.targets ?? []).map((target) => {
    const { measure } = target;
    const written = target.written?.toSorted((one, other) => (one.date < other.date ? 1 : -1))[0];
    const value = measure && measured(measure, figures, isOver, city);
    return {
      target,
      ...(measure && { counted: { measure, ...(value !== undefined && { value }) } }),
      ...(written && { written }),
    };
  });
}
