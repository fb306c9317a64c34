import type { Appointment } from '../../src/domain/appointments/appointment.ts';
import type { BlockedTime, TimeToBlock } from '../../src/domain/coaches/block-time.ts';
import type { MyClient } from '../../src/domain/coaches/my-clients.ts';
import type { CoachChoices, CoachSettings } from '../../src/domain/coaches/settings.ts';
import type { Suggestion, SuggestionRequest } from '../../src/domain/coaches/suggestion.ts';
import type { Match, Need } from '../../src/domain/directory/match.ts';
import type { Coach } from '../../src/domain/municipalities/pack.ts';
import type { Services } from '../services.ts';

/**
 * Everything a flow of the staff may ask of the world, bound to the coach who speaks. What changes something takes the
 * intent of the confirmation and is idempotent by it; refusals are `PolkuError`s with a code.
 */
export interface CoachServices extends Pick<Services, 'now' | 'language' | 'municipality'> {
  coach: Coach;
  calendar: {
    /** Keeps a time free of new meetings; resolves with the meetings that are in it and stay. */
    block(time: TimeToBlock, intent: string): Promise<Appointment[]>;
    blocked(): Promise<BlockedTime[]>;
    free(day: string, block: string): Promise<void>;
  };
  clients(): Promise<MyClient[]>;
  directory: {
    /** Services that help a client with a need, or whose words hold the search, at most `limit`. */
    find(client: MyClient | undefined, search: { need: Need } | { words: string }, limit: number): Match[];
    /** Throws `notFound`, `notReached`, `leftAlone`. */
    suggest(request: SuggestionRequest, intent: string): Promise<Suggestion>;
  };
  settings: {
    read(): Promise<Partial<CoachSettings>>;
    change(choices: CoachChoices): Promise<void>;
  };
}

/** The services of a coach's flow: the engine passes on what it is run with, and looks only at what all flows have. */
export function asCoach(services: Services): CoachServices {
  return services as unknown as CoachServices;
}

/** The services of a coach as the engine takes them. */
export function asServices(services: CoachServices): Services {
  return services as unknown as Services;
}
