import { ageBounds, ageGroups } from '../domain/clients/intake.ts';
import type { Municipality, Service } from '../domain/municipalities/pack.ts';
import { fits } from '../domain/rule.ts';
import type { Text } from '../domain/text.ts';
import { PolkuError } from '../errors.ts';
import type { Translator } from '../i18n/translator.ts';
import { uuidOf } from './hsds-ids.ts';
import { type Say, schedules, serviceAtLocation } from './hsds-place.ts';

/**
 * The directory of a pack as a page of services of Open Referral HSDS 3.0, whose texts have one language. Ids are the
 * same in every language and export. Throws `badRequest` for a language that the pack does not have.
 */
export function exportHsds(municipality: Municipality, t: Translator, language: string) {
  if (!municipality.languages.includes(language) || !t.languages.includes(language)) {
    const there = municipality.languages.join(', ');
    throw new PolkuError('badRequest', `The pack has no language "${language}". Choose one of ${there}.`);
  }
  const say: Say = (text) => t.say(text, language);
  const contents = municipality.services.map((service) => serviceOf(municipality, service, language, say));
  return {
    total_items: contents.length,
    total_pages: 1,
    page_number: 1,
    size: contents.length,
    first_page: true,
    last_page: true,
    empty: contents.length === 0,
    contents,
  };
}

function serviceOf(municipality: Municipality, service: Service, language: string, say: Say) {
  const { slug, zone } = municipality;
  const id = service.ptvId ?? uuidOf(slug, 'service', service.id);
  const { contact, referral, placesLeft, hours = [], documents = [] } = service;
  const organizationId = uuidOf(slug, 'organization', service.provider);
  const tell = (key: string, values?: Record<string, Text | number>) => say({ key: `hsds.${key}`, with: values });
  return {
    id,
    organization_id: organizationId,
    name: say(service.name),
    description: say(service.summary),
    url: contact.web,
    ...(contact.email !== undefined && { email: contact.email }),
    status: 'active',
    application_process: tell(referral ? 'referred' : 'contactDirectly', { service: municipality.serviceName }),
    fees_description: say(service.price),
    eligibility_description: tell('eligibility', { forWhom: service.forWhom }),
    ...agesOf(service),
    ...(placesLeft === 0 && { alert: tell('full') }),
    ...(placesLeft !== undefined && placesLeft > 0 && { alert: tell('places', { places: placesLeft }) }),
    organization: {
      id: organizationId,
      name: service.provider,
      description: tell('organization', { provider: service.provider, municipality: municipality.name }),
    },
    phones: contact.phone === undefined ? [] : [phone(contact.phone, id)],
    schedules: schedules(hours, { service_id: id }, zone),
    service_areas: areasOf(municipality, service).map(({ key, name }) => ({
      id: uuidOf('service-area', id, key),
      service_id: id,
      name: say(name),
    })),
    service_at_locations: [serviceAtLocation(municipality, service, id, say)],
    languages: service.languages.map((code) => ({
      id: uuidOf('language', id, code),
      service_id: id,
      name: new Intl.DisplayNames(language, { type: 'language' }).of(code) ?? code,
      code,
    })),
    required_documents: documents.map((document, index) => ({
      id: uuidOf('document', id, String(index)),
      service_id: id,
      document: say(document),
    })),
    attributes: service.needs.map((need) => needOf(need, id, say)),
  };
}

function phone(number: string, serviceId: string) {
  return { id: uuidOf('phone', serviceId, number), service_id: serviceId, number, type: 'voice' };
}

function needOf(need: Service['needs'][number], serviceId: string, say: Say) {
  const termId = uuidOf('need', need);
  const name = say({ key: `directory.needs.${need}` });
  return {
    id: uuidOf('attribute', serviceId, need),
    link_id: serviceId,
    link_type: 'need',
    link_entity: 'service',
    taxonomy_term_id: termId,
    taxonomy_term: { id: termId, code: need, name, description: name, taxonomy: 'Polku needs' },
  };
}

/** The ages that the rule of the service lets in, when they are one row of age groups without a gap. */
function agesOf({ when }: Service): { minimum_age?: number; maximum_age?: number } {
  if (when.ageGroup === undefined) return {};
  const isIn = ageGroups.map((ageGroup) => fits({ ageGroup: when.ageGroup! }, { ageGroup }));
  const [first, last] = [isIn.indexOf(true), isIn.lastIndexOf(true)];
  if (first < 0 || isIn.slice(first, last).includes(false)) return {};
  const [[youngest], [, oldest]] = [ageBounds[ageGroups[first]!], ageBounds[ageGroups[last]!]];
  return {
    ...(youngest !== undefined && { minimum_age: youngest }),
    ...(oldest !== undefined && { maximum_age: oldest }),
  };
}

/** The areas that the rule of the service names, or the whole municipality. */
function areasOf({ areas, name, slug }: Municipality, { when }: Service): { key: string; name: Text }[] {
  const named = when.area === undefined ? [] : areas.filter(({ id }) => fits({ area: when.area! }, { area: id }));
  return named.length > 0 ? named.map((area) => ({ key: area.id, name: area.name })) : [{ key: slug, name }];
}
