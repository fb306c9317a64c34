import { expect } from 'chai';
import fc from 'fast-check';
import type { Documents } from '../../src/domain/documents.ts';
import { hasCode } from '../../src/errors.ts';
import { doc, ref } from '../support/documents.ts';
import type { Bench } from './documents.ts';

interface Kept {
  n: number;
  version: string;
  expiresAt?: number;
}
type Step =
  | { do: 'create'; id: string; life: number | undefined }
  | { do: 'replace'; id: string; life: number | undefined }
  | { do: 'replaceOld'; id: string }
  | { do: 'get'; id: string }
  | { do: 'delete'; id: string }
  | { do: 'list' }
  | { do: 'wait'; milliseconds: number };

const id = fc.constantFrom('a', 'b', 'c');
const life = fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('create'), id, life }),
  fc.record({ do: fc.constant('replace'), id, life }),
  fc.record({ do: fc.constant('replaceOld'), id }),
  fc.record({ do: fc.constant('get'), id }),
  fc.record({ do: fc.constant('delete'), id }),
  fc.record({ do: fc.constant('list') }),
  fc.record({ do: fc.constant('wait'), milliseconds: fc.integer({ min: 1, max: 30 }) }),
);

async function versionOrConflict(write: Promise<string>): Promise<string | undefined> {
  try {
    return await write;
  } catch (error) {
    if (hasCode(error, 'conflict')) return undefined;
    throw error;
  }
}

/** Any sequence of calls does what it would do to a plain map in memory. */
export function modelContract({ store, partition, wait, now }: Bench): void {
  async function follow(documents: Documents, at: string, steps: Step[]): Promise<void> {
    const model = new Map<string, Kept>();
    const ended: string[] = [];
    const living = (name: string) => {
      const kept = model.get(name);
      return kept && (kept.expiresAt ?? Number.POSITIVE_INFINITY) > now() ? kept : undefined;
    };
    for (const [n, each] of steps.entries()) {
      if (each.do === 'wait') wait(each.milliseconds);
      else if (each.do === 'list') {
        const listed = (await documents.list('clients', at)).map((read) => [read.document.id, read.version]);
        const expected = ['a', 'b', 'c'].flatMap((name) => (living(name) ? [[name, living(name)!.version]] : []));
        expect(listed).to.deep.equal(expected);
      } else if (each.do === 'get') {
        const read = await documents.get(ref(at, each.id));
        expect(read?.version).to.equal(living(each.id)?.version);
        if (read) expect(read.document).to.include({ n: living(each.id)!.n });
      } else if (each.do === 'delete') {
        await documents.delete(ref(at, each.id));
        model.delete(each.id);
      } else if (each.do === 'replaceOld') {
        const old = ended.at(-1) ?? 'never';
        expect(await versionOrConflict(documents.replace('clients', doc(at, each.id), old))).to.equal(undefined);
      } else {
        const expiresAt = each.life === undefined ? undefined : now() + each.life;
        const document = doc(at, each.id, { n, expiresAt });
        const before = living(each.id);
        const write =
          each.do === 'create'
            ? documents.create('clients', document)
            : documents.replace('clients', document, before?.version ?? model.get(each.id)?.version ?? 'none');
        const version = await versionOrConflict(write);
        expect(version !== undefined, `${each.do} ${each.id}`).to.equal(
          (before === undefined) === (each.do === 'create'),
        );
        if (version === undefined) continue;
        if (before) ended.push(before.version);
        model.set(each.id, { n, version, expiresAt });
      }
    }
  }

  it('does, in any order of calls, what a map in memory would do', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), (steps) => follow(store(), partition(), steps)),
      { numRuns: 60 },
    );
  });
}
