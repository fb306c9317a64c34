import { expect } from 'chai';
import { changeDocument } from '../../src/domain/change-document.ts';
import { clientRef } from '../../src/domain/clients/client.ts';
import { eraseClient } from '../../src/domain/clients/erase.ts';
import type { Client } from '../../src/domain/clients/path.ts';
import { submitIntake } from '../../src/domain/clients/submit-intake.ts';
import type { Suggestion } from '../../src/domain/coaches/suggestion.ts';
import type { CaseRef } from '../../src/domain/notices.ts';
import { takeBackOffer } from '../../src/domain/offers/close-offer.ts';
import type { Offer, OfferedPlace } from '../../src/domain/offers/offer.ts';
import { submitOffer } from '../../src/domain/offers/submit-offer.ts';
import { cityOf } from '../support/cities.ts';
import { buttonsOf, cardOf, linesOf, texts } from '../support/coach-office.ts';
import { CoachScene } from '../support/coach-scene.ts';
import { anOffer } from '../support/offers.ts';

const kemi = cityOf('kemi');
const finder = kemi.employers!.jobFinder;
const other = kemi.coaches.find(({ id }) => id !== finder)!.id;
const name = (id: string) => kemi.coaches.find((one) => one.id === id)!.name;
const say = (key: string, values = {}, language = 'fi') => texts.say({ key, with: values }, language);

/** An employer has told of a place, and a client of the job finder wants work. */
class OfferScene extends CoachScene {
  constructor() {
    super(undefined, kemi);
  }

  /** The job finder has taken the place, and suggested it to a client who talks English. */
  async hasSuggestedPlace(): Promise<CaseRef> {
    await this.hasClient('Puutarhatyötä', 'en');
    const about = await this.hasOffer();
    await this.presses(finder, 'take', about);
    await this.presses(finder, 'suggestPlace', about, { client: this.clientId });
    await this.relay.sweep();
    return about;
  }

  async hasClient(wantedWork: string, language = 'fi', more = {}): Promise<void> {
    await this.opens(language);
    const answers = { topic: 'findWork', wantedWork, motherTongue: 'fi', ageGroup: '30to54', name: 'Mira', ...more };
    await submitIntake(this.act('intake'), answers as never);
    await this.relay.sweep();
  }

  async hasOffer(place: Partial<OfferedPlace> = {}, contact = anOffer.contact): Promise<CaseRef> {
    const act = { ...this.act('offer'), client: 'employer-1', conversation: 'chat-employer' };
    const offer = await submitOffer(act, { ...anOffer, contact, place: { ...anOffer.place, ...place } });
    await this.relay.sweep();
    return { collection: 'clients', partition: offer.partition, id: offer.id };
  }

  async offer(about: CaseRef): Promise<Offer> {
    return (await this.documents.get<Offer>(about))!.document;
  }

  async suggestion(): Promise<Suggestion | undefined> {
    const [read] = await this.documents.list<Suggestion>('clients', this.clientId, 'suggestion');
    return read?.document;
  }

  /** The client can be told nothing any more. */
  async losesChat(): Promise<void> {
    await changeDocument<Client>(this.documents, clientRef(this.clientId), (client) => {
      const { conversation: _, ...rest } = client!;
      return rest as Client;
    });
  }

  async lines(about: CaseRef): Promise<string[]> {
    return linesOf(cardOf(await this.shows(finder, about)));
  }

  async acts(coach: string, about: CaseRef): Promise<string[]> {
    return buttonsOf(cardOf(await this.shows(coach, about))).map(({ data }) => data.act);
  }
}

describe('A place of an employer in the job finder’s inbox', () => {
  it('comes to the job finder alone, with the place in their language, whom to call and by when', async () => {
    const scene = new OfferScene();
    await scene.opens('fi');
    const about = await scene.hasOffer();
    // The others have no conversation for it to be in.
    expect(await scene.log(other).catch(() => [])).to.deep.equal([]);
    const lines = (await scene.lines(about)).join('\n');
    expect(lines)
      .to.include(say('offer.card.title'))
      .and.include(anOffer.contact.name)
      .and.include('0400000001')
      .and.include('26. marraskuuta 2026')
      .and.include(say('offer-place.field.options.nature'))
      .and.include(anOffer.place.what);
    expect(await scene.acts(finder, about)).to.deep.equal(['take']);
    expect((await scene.press(other, 'take', about)).at(-1)!.text).to.equal(say('coach.act.notYours'));
  });

  it('shows the coach’s own clients whom it may suit with reasons, and nobody else', async () => {
    const scene = new OfferScene();
    await scene.hasClient('Puutarhatyötä lähellä kotia');
    const about = await scene.hasOffer();
    await scene.presses(finder, 'take', about);
    const lines = (await scene.lines(about)).join('\n');
    expect(lines).to.include(say('offer.card.suits')).and.include('Mira').and.include('Puutarhatyötä lähellä kotia');
    expect(await scene.acts(finder, about)).to.deep.equal(['suggestPlace', 'closeOffer', 'give', 'return']);
  });

  it('says so when it suits none of them', async () => {
    const scene = new OfferScene();
    await scene.hasClient('Puutarhatyötä', 'fi', { motherTongue: 'ru', languages: ['ru'] });
    const about = await scene.hasOffer();
    await scene.presses(finder, 'take', about);
    expect((await scene.lines(about)).join('\n'))
      .to.include(say('offer.card.suitsNobody'))
      .and.not.include('Mira');
    expect(await scene.acts(finder, about)).to.deep.equal(['closeOffer', 'give', 'return']);
  });

  it('refuses to suggest it to somebody who is not the coach’s own client', async () => {
    const scene = new OfferScene();
    await scene.hasClient('Puutarhatyötä');
    const about = await scene.hasOffer();
    await scene.presses(finder, 'take', about);
    for (const client of ['somebody-else', '../x', '']) {
      const [, answer] = await scene.presses(finder, 'suggestPlace', about, { client });
      expect(answer!.text, client).to.equal(say('coach.act.missing.suggestPlace'));
    }
    expect((await scene.offer(about)).suggestions).to.deep.equal([]);
  });

  for (const language of texts.languages) {
    it(`is suggested to a client in ${language}, who says yes in the chat; the job finder hears and tells nobody`, async () => {
      const scene = new OfferScene();
      await scene.hasClient('Puutarhatyötä', language);
      const about = await scene.hasOffer();
      await scene.presses(finder, 'take', about);
      const words = 'Tämä voisi olla sinulle!';
      const [, answer] = await scene.presses(finder, 'suggestPlace', about, { client: scene.clientId, words });
      expect(answer!.text).to.equal(say('coach.act.placeSuggested'));
      await scene.relay.sweep();
      const seen = (await scene.clientSees()).join('\n');
      expect(seen)
        .to.include(words)
        .and.include('Kukkala Oy')
        .and.include(anOffer.place.what)
        .and.include(say('suggested.place.consent', { coach: name(finder) }, language));
      expect(seen).not.to.include(anOffer.contact.name).and.not.include('0400000001');
      const [yes] = await scene.types(say('suggested.place.ways.yes', {}, language));
      expect(yes).to.equal(say('suggested.place.accepted', { coach: name(finder) }, language));
      expect((await scene.suggestion())!.accepted).to.include({ language, version: '2026-11' });
      await scene.relay.sweep();
      const card = (await scene.log(finder)).at(-1)!;
      expect(linesOf(cardOf(card))[0]).to.equal(say('offer.card.placeAccepted'));
      expect(card.channelData!.card!.open).to.equal(true);
      // The offer holds nothing of the client.
      const kept = JSON.stringify(await scene.offer(about));
      expect(kept).not.to.include(scene.clientId).and.not.include('Mira');
      // Suggested once more it tells the client nothing new, and their list is without it.
      expect(await scene.acts(finder, about)).not.to.include('suggestPlace');
    });
  }

  it('is suggested once, though the button is pressed many times at once', async () => {
    const scene = new OfferScene();
    await scene.hasClient('Puutarhatyötä');
    const about = await scene.hasOffer();
    await scene.presses(finder, 'take', about);
    const card = cardOf(await scene.shows(finder, about));
    const { data } = buttonsOf(card).find((one) => one.data.act === 'suggestPlace')!;
    const press = () => scene.press(finder, 'suggestPlace', about, { ...data, 'suggestPlace-client': scene.clientId });
    const answers = await Promise.all([press(), press(), press()]);
    for (const answer of answers) expect(answer.at(-1)!.text).to.equal(say('coach.act.placeSuggested'));
    await scene.relay.sweep();
    const told = (await scene.clientSees()).filter((text) => text.includes(say('offer.kinds.trial')));
    expect(told.filter((text) => text.includes(name(finder)))).to.have.length(1);
    expect((await scene.offer(about)).suggestions).to.have.length(1);
  });

  it('is a client’s to decline, and to say yes to later in their path', async () => {
    const scene = new OfferScene();
    await scene.hasSuggestedPlace();
    const [no] = await scene.types(say('suggested.place.ways.no', {}, 'en'));
    expect(no).to.equal(say('suggested.place.declined', { coach: name(finder) }, 'en'));
    await scene.relay.sweep();
    expect(linesOf(cardOf((await scene.log(finder)).at(-1)!))[0]).to.equal(say('offer.card.placeDeclined'));
  });

  it('can be taken back by a client who has said yes, and the job finder hears of each change of mind', async () => {
    const scene = new OfferScene();
    await scene.hasSuggestedPlace();
    const cards = async () => (await scene.log(finder)).filter((one) => one.channelData?.card).length;
    await scene.types(say('suggested.place.ways.yes', {}, 'en'));
    await scene.relay.sweep();
    const before = await cards();
    await scene.types(say('my-path.menu', {}, 'en'));
    const kind = { key: 'offer.kinds.trial' };
    const shown = await scene.types(say('suggested.look', { service: kind }, 'en'));
    expect(shown.join()).to.include(say('suggested.place.already', { coach: name(finder) }, 'en'));
    const [no] = await scene.types(say('suggested.place.ways.notAnyMore', {}, 'en'));
    expect(no).to.equal(say('suggested.place.declined', { coach: name(finder) }, 'en'));
    expect(await scene.suggestion()).not.to.have.property('accepted');
    await scene.relay.sweep();
    expect(await cards()).to.equal(before + 1);
    expect(linesOf(cardOf((await scene.log(finder)).at(-1)!))[0]).to.equal(say('offer.card.placeDeclined'));
  });

  it('is told to be closed to who said yes, and the coach calls when the client cannot be told', async () => {
    for (const hasChat of [true, false]) {
      const scene = new OfferScene();
      await scene.hasClient('Puutarhatyötä', 'en');
      const about = await scene.hasOffer();
      await scene.presses(finder, 'take', about);
      await scene.presses(finder, 'suggestPlace', about, { client: scene.clientId });
      await scene.relay.sweep();
      await scene.types(say('suggested.place.ways.yes', {}, 'en'));
      await scene.relay.sweep();
      const suggestion = (await scene.suggestion())!;
      const card: CaseRef = { collection: 'clients', partition: scene.clientId, id: suggestion.id };
      await scene.presses(finder, 'seen', card);
      if (!hasChat) await scene.losesChat();
      await scene.presses(finder, 'closeOffer', about, { outcome: 'filledElsewhere' });
      await scene.relay.sweep();
      await scene.relay.sweep();
      const heard = (await scene.clientSees()).join();
      expect(heard.includes(say('suggested.place.over.closed', {}, 'en'))).to.equal(hasChat);
      const lines = (await scene.lines(card)).join();
      expect(lines).to.include(say('offer.card.closedTitle')).and.not.include(say('offer.card.getInTouch'));
      expect(lines.includes(say('cards.appointment.untold'))).to.equal(!hasChat);
      expect(await scene.acts(finder, card)).to.deep.equal(hasChat ? [] : ['done']);
      if (!hasChat) await scene.presses(finder, 'done', card);
      expect(await scene.acts(finder, card)).to.deep.equal([]);
    }
  });

  it('shows that an employer had it deleted, and nothing of it', async () => {
    const scene = new OfferScene();
    await scene.opens('fi');
    const about = await scene.hasOffer();
    const { reference } = await scene.offer(about);
    await eraseClient({ ...scene.act('erase'), client: 'employer-1' });
    await scene.relay.sweep();
    const lines = linesOf(cardOf((await scene.log(finder)).at(-1)!)).join();
    expect(lines).to.include(say('offer.erasedTitle')).and.include(reference).and.not.include('Kukkala');
  });

  it('is over for the client when it is closed meanwhile', async () => {
    const scene = new OfferScene();
    const about = await scene.hasSuggestedPlace();
    await takeBackOffer({ ...scene.act('x'), client: 'employer-1' }, about.id, 'filledElsewhere');
    const said = (await scene.types(say('suggested.place.ways.yes', {}, 'en'))).join('\n');
    expect(said).to.include(say('suggested.place.gone', {}, 'en'));
    expect((await scene.suggestion())!.accepted).to.equal(undefined);
  });

  it('is closed with what came of it, once, and is open for nobody then', async () => {
    const scene = new OfferScene();
    await scene.hasClient('Puutarhatyötä');
    const about = await scene.hasOffer();
    await scene.presses(finder, 'take', about);
    expect((await scene.presses(finder, 'closeOffer', about)).at(-1)!.text).to.equal(
      say('coach.act.missing.closeOffer'),
    );
    const [, said] = await scene.presses(finder, 'closeOffer', about, { outcome: 'filledByClient' });
    expect(said!.text).to.include(say('offer.outcomes.filledByClient'));
    expect((await scene.offer(about)).closed).to.include({ outcome: 'filledByClient', by: finder });
    expect(await scene.acts(finder, about)).to.deep.equal([]);
    expect((await scene.log(finder)).at(-1)!.channelData?.card?.open ?? false).to.equal(false);
    const late = await scene.press(finder, 'suggestPlace', about, { 'suggestPlace-client': scene.clientId });
    expect(late.at(-1)!.text).to.include(say('offer.outcomes.filledByClient'));
    expect(await scene.suggestion()).to.equal(undefined);
  });

  it('goes to another coach with all that can be done', async () => {
    const scene = new OfferScene();
    await scene.opens('fi');
    const about = await scene.hasOffer();
    await scene.presses(finder, 'take', about);
    await scene.presses(finder, 'give', about, { to: other });
    expect(await scene.acts(other, about)).to.deep.equal(['take', 'return']);
    const elsewhere = (await scene.log(finder)).findLast((one) => one.channelData?.card);
    expect(linesOf(cardOf(elsewhere!)).join()).to.include(name(other));
  });

  it('tells the job finder when the employer takes it back', async () => {
    const scene = new OfferScene();
    await scene.opens('fi');
    const about = await scene.hasOffer();
    await takeBackOffer({ ...scene.act('x'), client: 'employer-1' }, about.id, 'withdrawn');
    await scene.relay.sweep();
    const card = (await scene.log(finder)).at(-1)!;
    expect(linesOf(cardOf(card))[0]).to.equal(say('offer.card.closedTitle'));
    expect(await scene.acts(finder, about)).to.deep.equal(['seen']);
  });
});
