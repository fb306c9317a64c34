import fc from 'fast-check';
import {
  ageGroups,
  barriers,
  benefits,
  type IntakeAnswers,
  intakeTopics,
  situations,
  tongues,
} from '../../src/domain/clients/intake.ts';

const areas = ['centre', 'gammelbacka', 'kevatkumpu', 'tolkkinen', 'kerkkoo-ilola', 'archipelago', 'elsewhere'];
const orNull = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { freq: 6 });

/** Answers of an intake at any stage, with "rather not say" among them: those that routing and matching look at. */
export const someAnswers: fc.Arbitrary<Partial<IntakeAnswers>> = fc.record(
  {
    situation: orNull(situations),
    ageGroup: orNull(ageGroups),
    motherTongue: orNull(tongues),
    languages: fc.option(fc.uniqueArray(fc.constantFrom(...tongues), { minLength: 1, maxLength: 4 })),
    area: orNull(areas),
    topic: fc.constantFrom(...intakeTopics, 'unknown' as const),
    hinders: fc.option(fc.uniqueArray(fc.constantFrom(...barriers), { minLength: 1, maxLength: 5 })),
    benefits: orNull([...benefits, 'unknown' as const]),
  },
  { requiredKeys: [] },
);
