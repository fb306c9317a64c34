/** An invented service in the shape of the PTV Open API v11, with everything that one can have. */
export function fullService(number: number, more: Record<string, unknown> = {}): Record<string, unknown> {
  const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  return {
    id,
    sourceId: null,
    type: 'Service',
    fundingType: 'PubliclyFunded',
    subType: null,
    generalDescriptionId: '11111111-1111-4111-8111-111111111111',
    serviceNames: [
      { language: 'sv', value: `Verkstad ${number}`, type: 'Name' },
      { language: 'fi', value: `Paja ${number}`, type: 'Name' },
      { language: 'fi', value: 'Toinen nimi', type: 'AlternativeName' },
    ],
    serviceChargeType: 'FreeOfCharge',
    areaType: 'LimitedType',
    serviceDescriptions: [
      {
        language: 'fi',
        value: 'Pajalla opit työtä \u201ckädestä pitäen\u201d – ja saat tukea.\r\nVoit tulla\u202e heti.',
        type: 'Description',
      },
      { language: 'fi', value: 'Opi työtä pajalla.', type: 'Summary' },
      { language: 'sv', value: 'Lär dig arbeta i verkstaden.', type: 'Summary' },
      { language: 'sv', value: null, type: 'Description' },
      { language: 'fi', value: 'Soita ja kysy paikkaa.', type: 'UserInstruction' },
      { language: 'fi', value: null, type: 'ValidityTime' },
      { language: 'sv', value: 'Fråga en plats per telefon.', type: 'GD_UserInstruction' },
    ],
    languages: ['sv', 'fi', 'se'],
    legislation: [{ names: [{ language: 'fi', value: 'Laki' }], webPages: [] }],
    keywords: [
      { language: 'fi', value: 'paja' },
      { language: 'fi', value: 'nuoret' },
      { language: 'sv', value: null },
    ],
    requirements: [
      { language: 'fi', value: 'Olet 16–29-vuotias.' },
      { language: 'sv', value: '' },
    ],
    areas: [
      {
        type: 'BusinessRegions',
        code: '9999',
        name: [{ language: 'fi', value: 'Porvoon seutukunta' }],
        municipalities: [
          { code: '638', name: [{ language: 'fi', value: 'Porvoo' }] },
          { code: '018', name: [{ language: 'fi', value: 'Askola' }] },
        ],
      },
    ],
    serviceClasses: [
      {
        name: [{ language: 'fi', value: 'Nuorten työpajat' }],
        description: [{ language: 'fi', value: null }],
        code: 'P28.3',
        ontologyType: 'PTVL',
        uri: 'http://example.org/v1',
        parentId: null,
        parentUri: 'http://example.org/v0',
      },
      { name: [], code: 'P10.1', uri: 'http://example.org/v2' },
    ],
    ontologyTerms: [{ name: [{ language: 'fi', value: 'työpajat' }], code: '', uri: 'http://example.org/o' }],
    targetGroups: [{ name: [], code: 'KR1.4', uri: 'http://example.org/t' }],
    lifeEvents: [],
    industrialClasses: [],
    serviceChannels: [
      {
        serviceChannel: { id: '22222222-2222-4222-8222-222222222222', name: 'Pajan toimisto' },
        serviceChargeType: null,
        description: [],
        serviceHours: [
          { serviceHourType: 'DaysOfTheWeek', openingHour: [{ dayFrom: 'Monday', from: '09:00', to: '15:00' }] },
        ],
        contactDetails: {
          emails: [{ language: 'fi', value: 'paja@saatio.example' }],
          phoneNumbers: [
            { type: 'Fax', prefixNumber: '+358', number: '0190000000', language: 'fi' },
            {
              type: 'Phone',
              prefixNumber: '+358',
              isFinnishServiceNumber: false,
              number: '0190000201',
              language: 'fi',
            },
          ],
          webPages: [{ url: 'https://saatio.example/paja', value: 'Paja', language: 'fi' }],
          addresses: [],
        },
        digitalAuthorizations: [],
      },
      { serviceChannel: { id: '33333333-3333-4333-8333-333333333333', name: 'Lomake' }, contactDetails: null },
    ],
    organizations: [
      {
        roleType: 'Responsible',
        organization: { id: '44444444-4444-4444-8444-444444444444', name: 'Porvoon kaupunki' },
      },
      { roleType: 'Producer', provisionType: 'PurchaseServices', organization: { id: null, name: 'Esimerkkisäätiö' } },
    ],
    serviceCollections: null,
    publishingStatus: 'Published',
    modified: '2026-03-04T10:20:30.1234567Z',
    somethingNew: { of: ['a later release'] },
    ...more,
  };
}

/** A service of which the interface told nothing but that it is there. */
export function bareService(number: number): Record<string, unknown> {
  return { id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}` };
}

/** A service whose every part is there and null. */
export function nullService(number: number): Record<string, unknown> {
  const full = fullService(number);
  const nulls = Object.keys(full).map((key) => [key, null]);
  return { ...Object.fromEntries(nulls), id: full.id };
}

/** A service whose lists hold nulls and objects of nulls. */
export function hollowService(number: number): Record<string, unknown> {
  const full = fullService(number);
  const hollow = Object.entries(full).map(([key, value]) => [key, Array.isArray(value) ? hollowList(value) : value]);
  return Object.fromEntries(hollow);
}

function hollowList(list: unknown[]): unknown[] {
  const [first] = list;
  if (first === null || typeof first !== 'object') return [null, ...list];
  return [null, Object.fromEntries(Object.keys(first).map((key) => [key, null]))];
}
