import type { Flow } from '../engine/flow.ts';
import { block } from './block.ts';
import { settings } from './settings.ts';
import { suggest } from './suggest.ts';
import { unblock } from './unblock.ts';

/** The flows of the staff; each is named by the words `coach.words.<flow>`. */
export const coachFlows: Flow[] = [block, unblock, suggest, settings];
