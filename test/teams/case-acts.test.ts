import { expect } from 'chai';
import fc from 'fast-check';
import type { Intake } from '../../src/domain/clients/path.ts';
import { caseOutcomes } from '../../src/domain/handling.ts';
import { acts } from '../../src/teams/acts/offered.ts';
import { about, aino, buttonsOf, cases, linesOf, linnea, Office, samira } from '../support/coach-office.ts';

const team = { routing: { because: { key: 'routing.team' } } };
const client = { id: 'client', partition: 'client-1', type: 'client', schema: 1 };
const intake = cases.intake('CANARY', team);
const id = 'clients|client-1|intake-1';
const of = about(intake);

async function office(): Promise<Office> {
  const made = new Office();
  await made.documents.create('clients', client);
  await made.put(intake, 'intake');
  return made;
}

const stored = async ({ documents }: Office) => (await documents.get<Intake>(of))!.document;
const actsOn = async (made: Office, coach: string) =>
  buttonsOf((await made.card(coach, id))!.card).map(({ data }) => data.act);

describe('A case', () => {
  it('is given to another coach, who has it to take, and is nobody else’s to see', async () => {
    const made = await office();
    await made.press(aino, 'take', of);
    const told = await made.press(aino, 'give', of, { 'give-to': samira });
    await made.relay.sweep();
    expect(told.at(-1)?.text).to.include('Annoit asian').and.include('Samira Nahari');
    expect((await made.client())?.coach).to.equal(samira);
    expect(await actsOn(made, samira)).to.deep.equal(['take', 'return']);
    expect((await made.card(samira, id))!.open).to.equal(true);
    for (const coach of [aino, linnea]) {
      const card = (await made.card(coach, id))!;
      expect(card.open).to.equal(false);
      expect(linesOf(card.card).join('\n'))
        .to.include('Samira Nahari')
        .and.include('P-INTA-KE')
        .and.not.include('CANARY');
    }
    expect((await made.press(linnea, 'take', of)).map(({ text }) => text).join()).to.include('hör inte till dig');
    expect((await made.press(aino, 'take', of)).at(-1)?.text).to.match(/Samira|vanhalta/);
    await made.press(samira, 'take', of);
    expect((await stored(made)).handling.taken?.by).to.equal(samira);
  });

  it('is handed back to all, and the client is nobody’s until somebody takes it', async () => {
    const made = await office();
    await made.press(aino, 'take', of);
    expect((await made.client())?.coach).to.equal(aino);
    await made.press(aino, 'return', of);
    await made.relay.sweep();
    expect((await made.client())?.coach).to.equal(undefined);
    expect((await made.card(linnea, id))!.open).to.equal(true);
    await made.press(linnea, 'take', of);
    expect((await made.client())?.coach).to.equal(linnea);
  });

  it('that was routed to one coach goes to all when that coach hands it back', async () => {
    const made = new Office();
    await made.documents.create('clients', client);
    await made.put(cases.intake('x'), 'intake');
    expect(await made.card(samira, id)).to.equal(undefined);
    await made.press(aino, 'take', of);
    await made.press(aino, 'return', of);
    await made.relay.sweep();
    expect((await made.card(samira, id))!.open).to.equal(true);
  });

  it('is closed with what came of it, in words of each reader', async () => {
    for (const outcome of caseOutcomes) {
      const made = await office();
      await made.press(aino, 'take', of);
      await made.press(aino, 'close', of, { 'close-outcome': outcome });
      expect((await stored(made)).handling.done).to.include({ by: aino, outcome });
      expect(await actsOn(made, aino)).to.deep.equal([]);
    }
    const made = await office();
    await made.press(aino, 'take', of);
    await made.press(aino, 'close', of, { 'close-outcome': 'education' });
    await made.relay.sweep();
    const words = { [aino]: 'koulutus', [linnea]: 'utbildning', [samira]: 'education' };
    for (const [coach, word] of Object.entries(words)) {
      expect(linesOf((await made.card(coach, id))!.card).join('\n'), coach).to.include(`: ${word}.`);
    }
  });

  it('is given to nobody who is not on the list, and not to oneself', async () => {
    const made = await office();
    await made.press(aino, 'take', of);
    for (const to of ['', 'nobody', aino, '__proto__']) {
      const answers = await made.press(aino, 'give', of, { 'give-to': to });
      expect(answers.at(-1)?.text, to).to.include('Valitse ensin valmentaja');
    }
    expect((await stored(made)).handling.given).to.equal(undefined);
  });

  it('has one holder at each moment, whatever the coaches press, and the client goes with it', async () => {
    const coaches = [aino, linnea, samira];
    const press = fc.record({
      who: fc.constantFrom(...coaches),
      act: fc.constantFrom(...acts),
      to: fc.constantFrom(...coaches),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(press, { maxLength: 12 }), async (presses) => {
        const made = await office();
        for (const { who, act, to } of presses) {
          const before = (await stored(made)).handling;
          await made.press(who, act, of, { 'give-to': to, 'close-outcome': 'job' });
          const { handling } = await stored(made);
          if (JSON.stringify(before) !== JSON.stringify(handling)) {
            // Whoever changed something was allowed to.
            const holder = before.taken?.by ?? before.given?.to;
            expect(holder === undefined || holder === who, `${who} ${act}`).to.equal(true);
            expect(before.done).to.equal(undefined);
          }
          const { taken, given } = handling;
          if (taken || given) expect((await made.client())?.coach).to.equal(taken?.by ?? given?.to);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('shows its forms with labels and messages in the coach’s language', async () => {
    const made = await office();
    await made.press(linnea, 'take', of);
    const { card } = (await made.card(linnea, id))!;
    const forms = card.actions!.flatMap((one) => (one.type === 'Action.ShowCard' ? [one.card.body[0]] : []));
    expect(forms.map((input) => (input && 'label' in input ? input.label : ''))).to.deep.equal([
      'Hur slutade ärendet?',
      'Vem ger du ärendet till?',
    ]);
    for (const input of forms) {
      expect(input).to.include({ type: 'Input.ChoiceSet', isRequired: true });
      expect(input).to.have.property('errorMessage').that.matches(/^Välj/);
    }
  });
});
