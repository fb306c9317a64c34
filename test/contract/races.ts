import { expect } from 'chai';
import { hasCode } from '../../src/errors.ts';
import { doc, ref, winners } from '../support/documents.ts';
import type { Bench } from './documents.ts';

const many = Array.from({ length: 50 }, (_, n) => n);

/** Many at once: one winner, and everybody else knows that they lost. */
export function racesContract({ store, partition, wait, now }: Bench): void {
  it('of 50 creates of one id at once exactly one is done', async () => {
    const at = partition();
    const done = await winners(
      many.map(async (n) => ({ n, version: await store().create('clients', doc(at, 'a', { n })) })),
    );
    expect(done).to.have.length(1);
    const { n, version } = done[0]!;
    expect(await store().get(ref(at, 'a'))).to.deep.equal({ document: doc(at, 'a', { n }), version });
  });

  it('of 50 replaces of one version at once exactly one is done', async () => {
    const at = partition();
    const first = await store().create('clients', doc(at, 'a'));
    const done = await winners(
      many.map(async (n) => ({ n, version: await store().replace('clients', doc(at, 'a', { n }), first) })),
    );
    expect(done).to.have.length(1);
    const { n, version } = done[0]!;
    expect(await store().get(ref(at, 'a'))).to.deep.equal({ document: doc(at, 'a', { n }), version });
  });

  it('of 20 creates over an expired document at once exactly one is done', async () => {
    const at = partition();
    await store().create('clients', doc(at, 'a', { expiresAt: now() + 10 }));
    wait(10);
    const fresh = (n: number) => doc(at, 'a', { n, expiresAt: now() + 1000 });
    const done = await winners(many.slice(0, 20).map((n) => store().create('clients', fresh(n))));
    expect(done).to.have.length(1);
    expect((await store().get(ref(at, 'a')))?.version).to.equal(done[0]);
  });

  it('50 who read again after a conflict all get their change in', async () => {
    const at = partition();
    await store().create('clients', doc(at, 'a', { who: [] as number[] }));
    async function sign(n: number): Promise<void> {
      const read = await store().get<ReturnType<typeof doc<{ who: number[] }>>>(ref(at, 'a'));
      const { document, version } = read!;
      try {
        await store().replace('clients', doc(at, 'a', { who: [...document.who, n] }), version);
      } catch (error) {
        if (!hasCode(error, 'conflict')) throw error;
        return sign(n);
      }
    }
    await Promise.all(many.map(sign));
    const read = await store().get<ReturnType<typeof doc<{ who: number[] }>>>(ref(at, 'a'));
    expect(read?.document.who.toSorted((a, b) => a - b)).to.deep.equal(many);
  });
}
