import type { Municipality, Opening, Place, Service, Weekday } from '../domain/municipalities/pack.ts';
import type { Text } from '../domain/text.ts';
import { uuidOf } from './hsds-ids.ts';

/** Says a text in the language of the export. */
export type Say = (text: Text) => string;

const dayCodes: Record<Weekday, string> = {
  mon: 'MO',
  tue: 'TU',
  wed: 'WE',
  thu: 'TH',
  fri: 'FR',
  sat: 'SA',
  sun: 'SU',
};

/** Weekly opening hours as HSDS schedules; `of` names what is open, such as `{ service_id }`. */
export function schedules(hours: readonly Opening[], of: Record<string, string>, zone: string, notes?: Say) {
  return hours.map((opening) => {
    const { days, from, to } = opening;
    const byday = days.map((day) => dayCodes[day]).join(',');
    return {
      id: uuidOf('schedule', ...Object.values(of), byday, from, to),
      ...of,
      freq: 'WEEKLY',
      interval: 1,
      wkst: 'MO',
      byday,
      opens_at: from,
      closes_at: to,
      // The hours are those of the wall, summer and winter, so that no one offset from UTC is right.
      description: `${byday} ${from}–${to} (${zone})`,
      ...(notes && 'note' in opening && { notes: notes(opening.note as Text) }),
    };
  });
}

/** Where a service is given: the place of the pack, or, when it is none of them, what is told of it. */
export function serviceAtLocation(municipality: Municipality, service: Service, serviceId: string, say: Say) {
  const { slug, places, zone } = municipality;
  const place = places.find(({ id }) => id === service.at);
  const locationId = place ? uuidOf(slug, 'location', place.id) : uuidOf(slug, 'location-of', service.id);
  return {
    id: uuidOf(slug, 'service-at-location', service.id),
    service_id: serviceId,
    location_id: locationId,
    description: say(service.place),
    location: place
      ? location(place, locationId, zone, say)
      : { id: locationId, location_type: 'physical', name: say(service.place) },
  };
}

function location(place: Place, id: string, zone: string, say: Say) {
  const address = addressOf(say(place.address), id);
  return {
    id,
    location_type: 'physical',
    name: say(place.name),
    description: say(place.access),
    addresses: address ? [address] : [],
    schedules: schedules(place.walkIn, { location_id: id }, zone, say),
  };
}

/** HSDS wants the parts of an address; one that is not "Street 1, 06100 Town" is told by the name of the place only. */
function addressOf(text: string, locationId: string) {
  const [, street, code, town] = /^(.+), (\d{5}) (\S.*)$/.exec(text) ?? [];
  if (street === undefined) return undefined;
  return {
    id: uuidOf('address', locationId),
    location_id: locationId,
    address_1: street,
    city: town!,
    // Finnish addresses have none, and HSDS asks for the field.
    state_province: '',
    postal_code: code!,
    country: 'FI',
    address_type: 'physical',
  };
}
