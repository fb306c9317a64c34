import { expect } from 'chai';
import { book } from '../../src/domain/appointments/book.ts';
import { endOf } from '../../src/domain/clients/end-path.ts';
import { type CaseOutcome, caseOutcomes } from '../../src/domain/handling.ts';
import { submitReferral } from '../../src/domain/referrals/submit.ts';
import { cardOf, texts } from '../support/coach-office.ts';
import { answerOf, ilona, lieksa, PathScene } from '../support/path-scene.ts';

/** A client with a meeting and an open referral. */
async function busy(language: string) {
  const scene = new PathScene();
  const about = await scene.begins(language);
  const [slot] = await scene.freeTimes(ilona, 1);
  const wish = { topic: 'plan', kind: 'phone', slot: slot!, phone: '0400000007' } as const;
  const meeting = await book(scene.act('meeting'), wish);
  const request = { service: 'skills-step-by-step', lines: [], consent: true, consentVersion: '1' };
  const referral = await submitReferral(scene.act('referral'), request);
  await scene.relay.sweep();
  return { scene, about, meeting, referral };
}

for (const language of texts.languages) {
  const say = (key: string, values = {}) => texts.say({ key, with: values }, language);

  describe(`The end of a path in Lieksa and Juuka (${language})`, () => {
    for (const outcome of lieksa.endStates!) {
      it(`can be ${outcome}: the client hears it kindly, that it is no decision, and how to come back`, async () => {
        const scene = new PathScene();
        const about = await scene.begins(language);
        const words = 'Hyvää jatkoa, Ilona';
        await scene.presses(ilona, 'close', about, { outcome, ...(outcome === 'pension' && { words }) });
        expect((await scene.clientNow()).ended).to.include({ outcome, by: ilona });
        const { texts: heard, choices } = await scene.lastHeard();
        const all = heard.join('\n');
        expect(all)
          .to.include(say(`path-ended.told.${outcome}`))
          .and.include('Ilona Vaaranpuro');
        expect(all).to.include(say('path-ended.notDecision')).and.include(say('path-ended.nothingOpen'));
        expect(all).to.include(say('path-ended.back', { phone: lieksa.contact.phone }));
        if (outcome === 'pension') expect(all).to.include(words);
        expect(choices).to.include(say('path-ended.do.options.again'));
      });
    }

    it('ends no appointment and no referral unasked: both are told, and can be ended from the buttons', async () => {
      const { scene, about, meeting, referral } = await busy(language);
      await scene.presses(ilona, 'close', about, { outcome: 'education' });
      const { texts: heard, choices } = await scene.lastHeard();
      const when = texts.say({ at: meeting.start, as: 'moment' }, language);
      const service = lieksa.services.find(({ id }) => id === referral.service)!.name[language]!;
      expect(heard.join('\n')).to.include(say('path-ended.stays')).and.include(when).and.include(service);
      const path = await scene.path();
      expect([path.appointments[0]?.state, path.referrals[0]?.state]).to.deep.equal(['booked', 'sent']);
      const button = say('my-path.what.meeting', { when });
      expect(choices).to.include(button).and.include(say('my-path.what.referral', { service }));
      await scene.types(button);
      expect((await scene.lastHeard()).texts.join('\n')).to.include(when);
      expect(scene.logged.join()).not.to.include('a turn failed');
    });

    it('is told on one’s own path, from which everything can begin anew with the same coach', async () => {
      const scene = new PathScene();
      const about = await scene.begins(language);
      await scene.presses(ilona, 'close', about, { outcome: 'notNow' });
      await scene.types(say('path-ended.do.options.fine'));
      expect((await scene.lastHeard()).texts[0]).to.equal(say('path-ended.thanks', { phone: lieksa.contact.phone }));
      await scene.types(say('my-path.menu'));
      const { texts: heard, choices } = await scene.lastHeard();
      expect(heard.join('\n')).to.include(say('path-ended.how.notNow'));
      expect(choices).to.include(say('path-ended.do.options.again'));
      await scene.types(say('path-ended.do.options.again'));
      expect((await scene.lastHeard()).texts.join('\n')).to.include(say('intake.situation.ask'));
      scene.clock.time += 60_000;
      await scene.isTaken({ ageGroup: '30to54' }, 'again');
      const path = await scene.path();
      expect(endOf(path)).to.equal(undefined);
      expect(path.intakes[0]!.routing.coach, 'the coach who knows them').to.equal(ilona);
      await scene.types(say('my-path.menu'));
      expect((await scene.lastHeard()).texts.join('\n')).not.to.include(say('path-ended.how.notNow'));
    });
  });
}

describe('The end of a path in Lieksa and Juuka', () => {
  it('can be education, rehabilitation, a pension, a job, something else or not now', () => {
    expect(lieksa.endStates).to.include.members(['job', 'education', 'rehabilitation', 'pension', 'other', 'notNow']);
  });

  it('is one of the city’s own: another is refused and changes nothing', async () => {
    const scene = new PathScene();
    const about = await scene.begins();
    const others = caseOutcomes.filter((outcome: CaseOutcome) => !lieksa.endStates!.includes(outcome));
    for (const outcome of [...others, 'fame', '']) {
      expect(answerOf(await scene.presses(ilona, 'close', about, { outcome }))).to.include('Mitään ei muutettu');
    }
    expect((await scene.clientNow()).ended).to.equal(undefined);
    const form = JSON.stringify(cardOf(await scene.shows(ilona, about)).actions);
    expect(form).to.include('"value":"pension"').and.not.include('"value":"ownBusiness"');
  });

  it('is not of a case that a newer one has followed', async () => {
    const scene = new PathScene();
    const old = await scene.begins();
    scene.clock.time += 60_000;
    const about = await scene.isTaken({}, 'again');
    const before = (await scene.clientSees()).length;
    await scene.presses(ilona, 'close', old, { outcome: 'other' });
    expect((await scene.clientNow()).ended).to.equal(undefined);
    expect(await scene.clientSees()).to.have.length(before);
    await scene.presses(ilona, 'close', about, { outcome: 'job' });
    expect((await scene.clientNow()).ended?.outcome).to.equal('job');
  });

  it('is told to the coach as untold when there is no chat and no address to tell it to', async () => {
    const scene = new PathScene();
    const about = await scene.begins();
    const ref = { collection: 'clients', partition: scene.clientId, id: 'client' } as const;
    const { document, version } = (await scene.documents.get(ref))!;
    const { conversation: _, ...unreachable } = document as typeof document & { conversation?: string };
    await scene.documents.replace('clients', unreachable, version);
    const told = answerOf(await scene.presses(ilona, 'close', about, { outcome: 'notReached' }));
    expect(told).to.include('Asiakkaalle ei voitu kertoa');
    expect(await scene.cardSays(about)).to.include('Asiakas ei ole saanut tästä tietoa');
  });

  it('takes the client off the coach’s list, unless they still have a meeting', async () => {
    for (const hasMeeting of [false, true]) {
      const { scene, about, meeting } = await busy('fi');
      if (!hasMeeting) await scene.presses(ilona, 'cancel', aboutOf(meeting), { reason: 'asked' });
      await scene.presses(ilona, 'close', about, { outcome: 'job' });
      const list = await scene.say(ilona, 'asiakkaat');
      const words = JSON.stringify(list);
      expect(words.includes('"act":"show"'), `with a meeting: ${hasMeeting}`).to.equal(hasMeeting);
    }
  });
});

function aboutOf({ coach, start, id }: { coach: string; start: string; id: string }) {
  return { collection: 'calendars' as const, partition: coach, id: start.slice(0, 10), appointment: id };
}
