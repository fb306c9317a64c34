import type { ChannelActivity } from '../channels/azure/channel-activity.ts';
import type { Connector } from '../channels/azure/connector.ts';
import { changeDocument } from '../domain/change-document.ts';
import type { Document, DocumentRef, Documents } from '../domain/documents.ts';
import type { Coach, Municipality } from '../domain/municipalities/pack.ts';

/** A person of the tenant who was found to be a coach by the name they sign in with. */
interface TeamsPerson extends Document {
  type: 'teams-person';
  coach: string;
  upn: string;
}

/** What the finder of coaches works with. */
export interface FinderParts {
  documents: Documents;
  municipality: Municipality;
  /** Asks Teams who somebody is. */
  member: Connector['member'];
}

/** The name a coach signs in with, in small letters: the e-mail address unless the pack says another. */
export function signInName({ upn, email }: Pick<Coach, 'upn' | 'email'>): string {
  return (upn ?? email).toLowerCase();
}

/**
 * Makes what matches the sender of an activity to a coach of the pack: by the object id that the pack gives, else by the
 * name that Teams says they sign in with (never the mail address that a guest may choose). What Teams said is kept, and
 * holds as long as the pack names the same person. Throws `storeUnavailable` when Teams cannot be asked.
 */
export function createCoachFinder({ documents, municipality, member }: FinderParts) {
  const { coaches } = municipality;

  function named(upn: string, id?: string): Coach | undefined {
    return coaches.find((one) => one.aadObjectId === undefined && signInName(one) === upn && (id ?? one.id) === one.id);
  }

  return async function findCoach({ from, serviceUrl, conversation }: ChannelActivity): Promise<string | undefined> {
    const person = from.aadObjectId?.toLowerCase();
    if (person === undefined || !/^[\w-]{1,100}$/.test(person)) return undefined;
    const own = coaches.find(({ aadObjectId }) => aadObjectId === person);
    if (own) return own.id;
    const ref = personRef(person);
    const known = (await documents.get<TeamsPerson>(ref))?.document;
    if (known && named(known.upn, known.coach)) return known.coach;
    const told = await member({ serviceUrl, conversation: conversation.id }, from.id);
    if (told?.upn === undefined || (told.aadObjectId ?? person).toLowerCase() !== person) return undefined;
    const upn = told.upn.toLowerCase();
    const coach = named(upn);
    if (!coach) return undefined;
    const found: TeamsPerson = {
      id: ref.id,
      partition: ref.partition,
      type: 'teams-person',
      schema: 1,
      coach: coach.id,
      upn,
    };
    await changeDocument<TeamsPerson>(documents, ref, () => found);
    return coach.id;
  };
}

function personRef(person: string): DocumentRef {
  return { collection: 'coaches', partition: `person-${person}`, id: 'person' };
}
