import { expect } from 'chai';
import fc from 'fast-check';
import { ageBounds, ageGroups } from '../../../src/domain/clients/intake.ts';
import { type Conversation, converse, texts } from '../../support/conversation.ts';

/** The conversation at the question of the age. */
async function asked(language: string): Promise<Conversation> {
  const talk = await converse({ language });
  await talk.presses('intake');
  const given = { situation: null, topic: 'unknown', wantedWork: null, lastWork: null, education: null };
  await talk.answers({ ...given, searchStart: null, helps: null, hinders: null, workAbilityConsent: false });
  return talk.isAsked('ageGroup');
}

/** Which group is taken from a message; undefined when the question is asked again. */
async function taken(talk: Conversation, said: string): Promise<unknown> {
  await talk.says(said);
  const group = talk.dialog.flow?.answers.ageGroup;
  if (group !== undefined) await talk.commands('back');
  talk.isAsked('ageGroup');
  return group;
}

const groupOf = (age: number) =>
  ageGroups.find((group) => {
    const [youngest = 0, oldest = 120] = ageBounds[group];
    return youngest <= age && age <= oldest;
  });

const ways: Record<string, ((age: number) => string)[]> = {
  fi: [
    (age) => `${age}`,
    (age) => `olen ${age}`,
    (age) => `Oon ${age}-vuotias`,
    (age) => `${age} vuotta.`,
    (age) => `${age}v`,
  ],
  sv: [(age) => `${age}`, (age) => `jag är ${age} år`, (age) => `Jag har fyllt ${age}!`, (age) => `${age} år gammal`],
  en: [(age) => `${age}`, (age) => `I'm ${age}`, (age) => `i am ${age} years old`, (age) => `My age is ${age}.`],
};

describe('An age that is typed', () => {
  for (const language of texts.languages) {
    it(`is the group that it belongs to, in words of any of our languages (${language})`, async () => {
      const talk = await asked(language);
      const ages = fc.constantFrom(7, 16, 17, 18, 19, 24, 25, 29, 30, 34, 54, 55, 64, 99, 120);
      const way = fc.constantFrom(...Object.values(ways).flat());
      await fc.assert(
        fc.asyncProperty(ages, way, async (age, said) => {
          expect(await taken(talk, said(age)), said(age)).to.equal(groupOf(age));
        }),
        { numRuns: 60 },
      );
    });

    it(`is not read into what could mean something else (${language})`, async () => {
      const talk = await asked(language);
      const unclear = [
        'alle 30',
        'yli 40',
        'kohta 30',
        'nästan 30',
        'almost 30',
        '1990',
        '121',
        '-34',
        '20 tai 30',
        '34.5',
      ];
      for (const said of [...unclear, '34 vuotta töissä', '9'.repeat(400), '٣٤']) {
        expect(await taken(talk, said), said).to.equal(undefined);
        talk.hears('intake.ageGroup.invalid');
      }
    });
  }

  it('is the place in the row when the row is as long', async () => {
    const talk = await asked('fi');
    expect(await taken(talk, '2')).to.equal('18to24');
    expect(await taken(talk, 'alle 18 vuotta')).to.equal('under18');
    expect(await taken(talk, '30–54')).to.equal('30to54');
  });
});
