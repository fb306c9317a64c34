import { z } from 'zod';

/**
 * The parts of Open Referral HSDS 3.0 that the directory uses, by its JSON schemas: names, types, formats, enumerations
 * and required fields. A name that the standard does not have is refused.
 */
const id = z.uuid();
const uri = z.url();
const attribute = z.strictObject({
  id,
  link_id: id.optional(),
  taxonomy_term_id: id.optional(),
  link_type: z.string(),
  link_entity: z.string().optional(),
  value: z.string().optional(),
  taxonomy_term: z
    .strictObject({
      id,
      code: z.string().optional(),
      name: z.string(),
      description: z.string(),
      parent_id: z.string().optional(),
      taxonomy: z.string().optional(),
      language: z.string().optional(),
      term_uri: uri.optional(),
    })
    .optional(),
});

const language = z.strictObject({
  id,
  service_id: id.optional(),
  location_id: id.optional(),
  phone_id: id.optional(),
  name: z.string().optional(),
  code: z.string().optional(),
  note: z.string().optional(),
});

const phone = z.strictObject({
  id,
  location_id: id.optional(),
  service_id: id.optional(),
  organization_id: id.optional(),
  service_at_location_id: id.optional(),
  number: z.string(),
  extension: z.number().optional(),
  type: z.string().optional(),
  description: z.string().optional(),
  languages: z.array(language).optional(),
});

const day = '(MO|TU|WE|TH|FR|SA|SU)';
const clock = z.string().regex(/^\d{2}:\d{2}/);
const schedule = z.strictObject({
  id,
  service_id: id.optional(),
  location_id: id.optional(),
  service_at_location_id: id.optional(),
  valid_from: z.iso.date().optional(),
  valid_to: z.iso.date().optional(),
  dtstart: z.iso.date().optional(),
  timezone: z.number().optional(),
  until: z.iso.date().optional(),
  count: z.number().optional(),
  wkst: z.enum(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']).optional(),
  freq: z.enum(['WEEKLY', 'MONTHLY']).optional(),
  interval: z.number().optional(),
  byday: z
    .string()
    .regex(new RegExp(`^${day}(,${day})*$`))
    .optional(),
  description: z.string().optional(),
  opens_at: clock.optional(),
  closes_at: clock.optional(),
  schedule_link: uri.optional(),
  attending_type: z.string().optional(),
  notes: z.string().optional(),
});

const placeType = z.enum(['physical', 'postal', 'virtual']);
const address = z.strictObject({
  id,
  location_id: id.optional(),
  attention: z.string().optional(),
  address_1: z.string(),
  address_2: z.string().optional(),
  city: z.string(),
  region: z.string().optional(),
  state_province: z.string(),
  postal_code: z.string(),
  country: z.string().length(2),
  address_type: placeType,
});

const location = z.strictObject({
  id,
  location_type: placeType,
  url: uri.optional(),
  organization_id: id.optional(),
  name: z.string().optional(),
  alternate_name: z.string().optional(),
  description: z.string().optional(),
  transportation: z.string().optional(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
  addresses: z.array(address).optional(),
  phones: z.array(phone).optional(),
  schedules: z.array(schedule).optional(),
  languages: z.array(language).optional(),
});

const organization = z.strictObject({
  id,
  name: z.string(),
  alternate_name: z.string().optional(),
  description: z.string(),
  email: z.email().optional(),
  website: uri.optional(),
  legal_status: z.string().optional(),
  uri: uri.optional(),
  parent_organization_id: id.optional(),
  phones: z.array(phone).optional(),
  locations: z.array(location).optional(),
});

const service = z.strictObject({
  id,
  organization_id: id,
  program_id: id.optional(),
  name: z.string(),
  alternate_name: z.string().optional(),
  description: z.string().optional(),
  url: uri.optional(),
  email: z.email().optional(),
  status: z.enum(['active', 'inactive', 'defunct', 'temporarily closed']),
  interpretation_services: z.string().optional(),
  application_process: z.string().optional(),
  fees_description: z.string().optional(),
  accreditations: z.string().optional(),
  eligibility_description: z.string().optional(),
  minimum_age: z.number().optional(),
  maximum_age: z.number().optional(),
  assured_date: z.iso.date().optional(),
  assurer_email: z.email().optional(),
  alert: z.string().optional(),
  phones: z.array(phone).optional(),
  schedules: z.array(schedule).optional(),
  service_areas: z
    .array(
      z.strictObject({
        id,
        service_id: id.optional(),
        name: z.string().optional(),
        description: z.string().optional(),
        extent: z.string().optional(),
        extent_type: z.enum(['geojson', 'topojson', 'kml', 'text']).optional(),
        uri: uri.optional(),
      }),
    )
    .optional(),
  service_at_locations: z
    .array(
      z.strictObject({
        id,
        service_id: id.optional(),
        location_id: id.optional(),
        description: z.string().optional(),
        location: location.optional(),
        phones: z.array(phone).optional(),
        schedules: z.array(schedule).optional(),
      }),
    )
    .optional(),
  languages: z.array(language).optional(),
  organization: organization.optional(),
  required_documents: z
    .array(z.strictObject({ id, service_id: id.optional(), document: z.string().optional(), uri: uri.optional() }))
    .optional(),
  attributes: z.array(attribute).optional(),
});

/** A page of services, as `GET /services` of the HSDS API answers. */
export const hsdsPage = z.strictObject({
  total_items: z.int(),
  total_pages: z.int(),
  page_number: z.int(),
  size: z.int(),
  first_page: z.boolean(),
  last_page: z.boolean(),
  empty: z.boolean(),
  contents: z.array(service),
});
