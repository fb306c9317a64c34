import { expect } from 'chai';
import fc from 'fast-check';
import { type ImportRequest, importPtv } from '../../src/directory/import-ptv.ts';
import { type PtvRecord, ptvRecord } from '../../src/municipalities/ptv-snapshot.ts';
import { bareService, fullService, hollowService, nullService } from '../support/ptv-services.ts';

async function* raw(services: unknown[]) {
  for (const [index, value] of services.entries()) yield { value, where: `line ${index + 1}` };
}

async function imported(services: unknown[], more: Partial<ImportRequest> = {}) {
  const { records, report } = await importPtv(raw(services), {
    municipalities: ['638'],
    named: new Set(),
    earlier: [],
    ...more,
  });
  const read = records.map(({ json }) => ptvRecord.parse(JSON.parse(json.toString())));
  return { records, report, services: read as PtvRecord[] };
}

describe('The import of the Suomi.fi Service Catalogue', () => {
  it('keeps what a coach and a client need of a service, in order and clean', async () => {
    const { services, report } = await imported([fullService(1)]);
    expect(report.problems).to.deep.equal([]);
    expect(services).to.deep.equal([
      {
        ptvId: '00000000-0000-4000-8000-000000000001',
        name: { fi: 'Paja 1', sv: 'Verkstad 1' },
        summary: { fi: 'Opi työtä pajalla.', sv: 'Lär dig arbeta i verkstaden.' },
        description: { fi: 'Pajalla opit työtä “kädestä pitäen” – ja saat tukea.\nVoit tulla heti.' },
        instructions: { fi: 'Soita ja kysy paikkaa.', sv: 'Fråga en plats per telefon.' },
        requirements: { fi: 'Olet 16–29-vuotias.' },
        charge: 'free',
        languages: ['fi', 'se', 'sv'],
        provider: 'Esimerkkisäätiö',
        municipalities: ['018', '638'],
        classes: ['P10.1', 'P28.3'],
        targetGroups: ['KR1.4'],
        needs: ['findWork', 'everyday', 'skills'],
        keywords: { fi: ['nuoret', 'paja'] },
        channels: [
          { name: 'Lomake' },
          {
            name: 'Pajan toimisto',
            phone: '+358 190000201',
            email: 'paja@saatio.example',
            web: 'https://saatio.example/paja',
          },
        ],
        modified: '2026-03-04',
      },
    ]);
  });

  it('takes services whose optional parts are missing, null, or full of nulls', async () => {
    const { services, report } = await imported([bareService(1), nullService(2), hollowService(3)]);
    expect(report.problems).to.deep.equal([]);
    expect(services.map(({ name, needs, channels }) => ({ name, needs, channels }))).to.deep.equal(
      [1, 2, 3].map(() => ({ name: {}, needs: [], channels: [] })),
    );
  });

  it('leaves out what is not published, elsewhere or about other matters, and says how many', async () => {
    const areas = [{ type: 'Municipality', code: '091', municipalities: [{ code: '091' }] }];
    const { services, report } = await imported([
      fullService(1, { publishingStatus: 'Deleted' }),
      fullService(2, { areas }),
      fullService(3, { areas, areaType: 'NationwideExceptAlandIslands' }),
      fullService(4, { serviceClasses: [{ code: 'P7.1' }] }),
      fullService(5, { serviceClasses: [] }),
      fullService(6),
    ]);
    expect(report.leftOut).to.deep.equal({ unpublished: 1, elsewhere: 1, otherMatters: 1 });
    expect(services.map(({ ptvId }) => Number(ptvId.slice(-2)))).to.deep.equal([3, 5, 6]);
    expect(services[0]!.municipalities, 'a nationwide service names none').to.deep.equal([]);
  });

  it('keeps a service of other matters that the pack names', async () => {
    const other = fullService(4, { serviceClasses: [{ code: 'P7.1' }] });
    const { services } = await imported([other], { named: new Set([String(other.id)]) });
    expect(services).to.have.length(1);
  });

  it('makes the same file whatever the order of the services and of what is in them', async () => {
    const services = [1, 2, 3, 4].map((number) => fullService(number));
    const wanted = JSON.stringify((await imported(services)).services);
    const shuffled = fc.shuffledSubarray(services, { minLength: 4 });
    await fc.assert(
      fc.asyncProperty(shuffled, fc.boolean(), async (some, reverse) => {
        const turned = some.map((service) =>
          Object.fromEntries(
            Object.entries(service).map(([key, value]) => {
              // Of several numbers of one channel the first is taken: that order means something.
              return [key, reverse && Array.isArray(value) ? [...value].reverse() : value];
            }),
          ),
        );
        expect(JSON.stringify((await imported(turned)).services)).to.equal(wanted);
      }),
    );
  });

  it('tells what is new, changed and gone, and nothing when nothing is', async () => {
    const { records: earlier } = await imported([fullService(1), fullService(2), fullService(3)]);
    const changed = fullService(2, { languages: ['fi'] });
    const { report } = await imported([fullService(1), changed, fullService(4)], { earlier });
    expect(report.added).to.deep.equal(['Paja 4 (00000000-0000-4000-8000-000000000004)']);
    expect(report.changed).to.deep.equal(['Paja 2 (00000000-0000-4000-8000-000000000002)']);
    expect(report.gone).to.deep.equal(['Paja 3 (00000000-0000-4000-8000-000000000003)']);
    const { report: same } = await imported([fullService(3), fullService(2), fullService(1)], { earlier });
    expect([same.added, same.changed, same.gone]).to.deep.equal([[], [], []]);
  });

  it('tells of a service that cannot be read, and keeps what was known of it', async () => {
    const { records: earlier } = await imported([fullService(1)]);
    const broken = fullService(1, { languages: 'fi' });
    const { services, report } = await imported([broken, { id: 'no guid' }, 'no object', fullService(2)], { earlier });
    expect(report.problems).to.have.length(3);
    expect(report.problems[0]).to.match(/^line 1, service 00000000-.*1: languages: /);
    expect(report.problems[2]).to.match(/^line 3, service without an id/);
    expect(services).to.have.length(2);
    expect(services[0]!.name).to.deep.equal({ fi: 'Paja 1', sv: 'Verkstad 1' });
  });
});
