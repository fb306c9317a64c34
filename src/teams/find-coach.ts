import type { ChannelActivity } from '../channels/azure/channel-activity.ts';
import type { Connector } from '../channels/azure/connector.ts';
import { changeDocument } from '../domain/change-document.ts';
import type { Document, DocumentRef, Documents } from '../domain/documents.ts';
import type { Coach, Municipality } from '../domain/municipalities/pack.ts';
import { PolkuError } from '../errors.ts';

/** A person of the tenant who was found to be a coach by the name they sign in with. */
interface TeamsPerson extends Document {
  type: 'teams-person';
  coach: string;
  upn: string;
}

/** The coaches of one city, and the city's store. */
export interface Roster {
  documents: Documents;
  municipality: Municipality;
}

/** What the finder of coaches works with. */
export interface FinderParts {
  rosters: readonly Roster[];
  /** Asks Teams who somebody is. */
  member: Connector['member'];
  /** Epoch milliseconds. */
  now: () => number;
}

/** After this Teams is asked anew who somebody is, in milliseconds. */
const heldFor = 180 * 24 * 3_600_000;

/** The name a coach signs in with, in small letters: the e-mail address unless the pack says another. */
export function signInName({ upn, email }: Pick<Coach, 'upn' | 'email'>): string {
  return (upn ?? email).toLowerCase();
}

/**
 * Makes what matches the sender of an activity to a coach of the pack: by the object id that the pack gives, else by the
 * name that Teams says they sign in with (never the mail address that a guest may choose). What Teams said is kept, and
 * holds for half a year, as long as the pack names the same person. Throws `storeUnavailable` when Teams cannot be asked.
 */
export function createCoachFinder({ rosters, member, now }: FinderParts) {
  function named({ municipality: { coaches } }: Roster, upn: string, id?: string): Coach | undefined {
    return coaches.find((one) => one.aadObjectId === undefined && signInName(one) === upn && (id ?? one.id) === one.id);
  }

  return async function findCoach(activity: ChannelActivity): Promise<{ city: string; coach: string } | undefined> {
    const { from, serviceUrl, conversation } = activity;
    const person = from.aadObjectId?.toLowerCase();
    if (person === undefined || !/^[\w-]{1,100}$/.test(person)) return undefined;
    for (const { municipality } of rosters) {
      const own = municipality.coaches.find(({ aadObjectId }) => aadObjectId === person);
      if (own) return { city: municipality.slug, coach: own.id };
    }
    const ref = personRef(person);
    for (const roster of rosters) {
      const known = (await roster.documents.get<TeamsPerson>(ref))?.document;
      if (known && named(roster, known.upn, known.coach)) {
        return { city: roster.municipality.slug, coach: known.coach };
      }
    }
    const told = await member({ serviceUrl, conversation: conversation.id }, from.id);
    if (told?.upn === undefined || (told.aadObjectId ?? person).toLowerCase() !== person) return undefined;
    const upn = told.upn.toLowerCase();
    const roster = rosters.find((one) => named(one, upn));
    if (!roster) return undefined;
    const coach = named(roster, upn)!.id;
    const { id, partition } = ref;
    const expiresAt = now() + heldFor;
    const found: TeamsPerson = { id, partition, type: 'teams-person', schema: 1, coach, upn, expiresAt };
    await changeDocument<TeamsPerson>(roster.documents, ref, () => found);
    return { city: roster.municipality.slug, coach };
  };
}

/**
 * In Teams somebody writes to one bot, and nobody could tell for which city: throws `badPack`, with the repair, when a person
 * is a coach in two of them.
 */
export function checkRosters(municipalities: readonly Municipality[]): void {
  const cityOf = new Map<string, string>();
  const twice: string[] = [];
  for (const { slug, coaches } of municipalities) {
    const names = new Set(coaches.map((one) => one.aadObjectId ?? signInName(one)));
    for (const name of names) {
      const other = cityOf.get(name);
      if (other !== undefined)
        twice.push(`- coaches.json of ${other} and of ${slug}: ${name} signs in as a coach of both`);
      cityOf.set(name, slug);
    }
  }
  if (twice.length === 0) return;
  const repair = 'Give them a name of their own in each (`upn`), or serve one of the cities by another bot.';
  const message = ['In Teams nobody could tell for which city somebody writes:', ...twice].join('\n');
  throw new PolkuError('badPack', `${message}. Repair: ${repair}`);
}

function personRef(person: string): DocumentRef {
  return { collection: 'coaches', partition: `person-${person}`, id: 'person' };
}
