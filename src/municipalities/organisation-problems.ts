import type { Coach, Municipality } from '../domain/municipalities/pack.ts';

type Found = { path: PropertyKey[]; what: string; repair: string };

/** What hinders that somebody of the pack's organisations is responsible for every client at every moment. */
export function routingProblems({ organisations, routing }: Partial<Municipality>): Found[] {
  if (!organisations || !routing || Object.keys(routing.at(-1)?.when ?? {}).length === 0) return [];
  const what = 'the last rule does not fit everybody, so that a client could be without a responsible coach';
  return [{ path: ['routing', routing.length - 1], what, repair: 'add a last rule whose "when" is {}' }];
}

/** What is wrong with the organisation of a coach; without organisations in the pack nobody has one. */
export function coachProblems({ organisation }: Coach, { organisations }: Partial<Municipality>): Found[] {
  const ids = organisations?.map(({ id }) => id);
  if (organisation === undefined) {
    if (!ids) return [];
    const repair = `add "organisation" with one of ${ids.join(', ')}`;
    return [{ path: ['organisation'], what: 'it is not said for which organisation the coach works', repair }];
  }
  if (ids?.includes(organisation)) return [];
  const repair = ids ? `use one of ${ids.join(', ')}` : 'take it away, or add "organisations" to municipality.json';
  return [{ path: ['organisation'], what: `there is no organisation "${organisation}"`, repair }];
}
