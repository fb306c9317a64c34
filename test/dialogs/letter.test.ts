import { expect } from 'chai';
import { copyOfPath } from '../../dialogs/path-copy.ts';
import { writeLetter } from '../../src/domain/clients/letter.ts';
import { letterCode, letterHash } from '../../src/domain/clients/letter-code.ts';
import { Conversation, converse, texts } from '../support/conversation.ts';

const key = Buffer.alloc(32, 1);
const code = letterCode(key, 'porvoo', '20417');
const wrong = (number: number) => letterCode(key, 'nobody', String(number));

async function post(talk: Conversation, language = 'sv', coach?: string) {
  const { documents, municipality, now } = talk;
  const addressee = { number: '20417', name: 'Mira Mallinen', language, ...(coach && { coach }) };
  await writeLetter({ documents, municipality, now }, letterHash(code), addressee);
}

describe('The code of a letter in the chat', () => {
  for (const language of texts.languages) {
    it(`opens the chat in ${language}, with the coach's name, and leads to the menu`, async () => {
      const talk = await converse({ language });
      await post(talk, 'sv', 'linnea-strandkulla');
      await talk.says(code);
      talk.hears('letter.opened', 'letter.coach', 'letter.once').isAsked('menu');
      expect(talk.heard).to.include('Linnea Strandkulla');
      expect(talk.language, 'the language of the chat stays').to.equal(language);
    });
  }

  it('begins the chat in the language of the letter when the page told none', async () => {
    const talk = new Conversation({ language: 'xx' });
    await post(talk);
    await talk.says(code);
    talk.hears('opening.hello', 'letter.opened').isAsked('menu');
    expect(talk.language).to.equal('sv');
  });

  it('can be written in the middle of a question, which is then asked again with all its answers', async () => {
    const talk = await converse();
    await post(talk);
    await talk.presses('intake');
    await talk.presses('unemployed');
    const open = talk.asked!;
    await talk.says(`Minulla on kirje. Koodi on ${code.toLowerCase().replaceAll('-', ' ')}`);
    talk.hears('letter.opened', `intake.${open}.ask`).isAsked(open);
    expect(talk.dialog.flow!.answers).to.include({ situation: 'unemployed' });
  });

  it('says the same of a wrong code, a used one and one too many', async () => {
    const talk = await converse();
    await post(talk);
    await (await converse({ documents: talk.documents, client: 'client-2' })).says(code);
    await talk.says(code);
    const used = talk.hears('letter.unknown').heard;
    for (let number = 0; number < 8; number++) {
      await talk.says(wrong(number));
      expect(talk.heard).to.equal(used);
    }
  });

  it('looks at no more codes after five wrong ones, for an hour', async () => {
    const talk = await converse();
    await post(talk);
    for (let number = 0; number < 5; number++) await talk.says(wrong(number));
    await talk.says(code);
    talk.hears('letter.unknown').hearsNot('letter.opened');
    talk.now = talk.now.plus({ minutes: 61 });
    await talk.says(code);
    talk.hears('letter.opened');
  });

  it('tells on a shared computer that the chat is another client’s', async () => {
    const talk = await converse();
    await post(talk);
    await talk.says(code);
    await talk.says(code);
    talk.hears('letter.open').isAsked('menu');
    await talk.says(wrong(1));
    talk.hears('letter.other');
  });

  it('leaves in the copy of one’s own data what the letter told of the person', async () => {
    const talk = await converse();
    await post(talk);
    await talk.says(code);
    await talk.presses('my-path');
    expect([talk.labelOf('copy'), talk.labelOf('erase')], 'they can be had and deleted').not.to.include(undefined);
    const { text } = copyOfPath(await talk.world().clients.path(), talk.world());
    expect(texts.say(text, 'fi')).to.include('Asiakasnumerosi on 20417.').and.include('Nimi: Mira Mallinen');
  });

  it('is not kept in what was said', async () => {
    const talk = await converse();
    await post(talk);
    await talk.says(code);
    const kept = JSON.stringify([talk.dialog, await talk.documents.list('clients', talk.client)]);
    expect(kept).not.to.include(code.slice(0, 9));
    expect(kept).to.include(letterHash(code));
  });
});
