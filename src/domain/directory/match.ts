import type { barriers, intakeTopics } from '../clients/intake.ts';
import type { Service } from '../municipalities/pack.ts';
import type { Text } from '../text.ts';

/** What a person needs help with: a topic or a hindrance of the intake. */
export type Need = (typeof intakeTopics)[number] | (typeof barriers)[number];

/** A service that fits, with the reasons in words, the strongest first. */
export interface Match {
  service: Service;
  reasons: Text[];
}
