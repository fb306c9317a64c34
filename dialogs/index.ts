import { contact } from './contact.ts';
import type { Flow } from './engine/flow.ts';
import { intake } from './intake.ts';

/** The flows, in menu order. */
export const flows: Flow[] = [intake, contact];
