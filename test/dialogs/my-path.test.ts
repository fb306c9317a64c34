import { expect } from 'chai';
import { hasIntake } from '../support/clients.ts';
import { type Conversation, converse, texts } from '../support/conversation.ts';

const buttons = (talk: Conversation) => talk.dialog.shown!.options.map(({ value }) => value);

async function hasAll(talk: Conversation): Promise<Conversation> {
  await hasIntake(talk);
  const { appointments, referrals, contact } = talk.world();
  const [slot] = await appointments.free({ topic: 'plan', kind: 'office', limit: 1 });
  await appointments.book({ topic: 'plan', kind: 'office', slot: slot!, name: 'Mira' }, 'meeting');
  const lines = [{ field: 'wish' as const, value: 'Haluan oppia lisää', language: 'fi' }];
  await referrals.submit({ service: 'job-search-group', lines, consent: true, consentVersion: '1' }, 'referral');
  await contact.request({ phone: '0400000009', here: false }, 'call');
  return talk;
}

for (const language of texts.languages) {
  describe(`My path (${language})`, () => {
    it('says what one can do when there is nothing yet', async () => {
      const talk = await converse({ language });
      await talk.presses('my-path');
      talk.hears('my-path.noMeetings', 'my-path.noReferrals', 'my-path.noIntake');
      expect(buttons(talk)).to.deep.equal(['intake', 'booking', 'referral']);
      await talk.presses('booking');
      expect(talk.isAsked('topic').dialog.flow?.id).to.equal('booking');
    });

    it('tells meetings, referrals with their state, the intake and open calls', async () => {
      const talk = await hasAll(await converse({ language }));
      await talk.presses('my-path');
      talk.hears('my-path.meetings', 'meeting.line.office', 'my-path.referrals', 'referral.states.sent');
      talk.hears('my-path.intake', 'my-path.coach', 'my-path.meetBy', 'my-path.call');
      expect(talk.heard).to.include('Samira Nahari');
    });

    it('tells what the person told', async () => {
      const talk = await hasAll(await converse({ language }));
      await talk.presses('my-path');
      await talk.presses('told');
      talk.hears('my-path.told', 'intake.topic.options.findWork', 'my-path.correct');
      expect(talk.heard).to.include('Kesätyö taimitarhalla');
    });

    it('gives a copy of everything as a file in the language of the chat', async () => {
      const talk = await hasAll(await converse({ language }));
      await talk.presses('my-path');
      await talk.presses('copy');
      const { name, text } = talk.replies.flatMap(({ files = [] }) => files)[0]!;
      expect(name).to.match(/\.txt$/);
      const { intakes, appointments, referrals, contacts } = await talk.world().clients.path();
      for (const { reference } of [...intakes, ...appointments, ...referrals, ...contacts]) {
        expect(text).to.include(reference);
      }
      expect(text).to.include('Haluan oppia lisää').and.include('0400000009').and.include('Kesätyö taimitarhalla');
      expect(text).to.include(texts.say({ key: 'intake.education.options.vocational' }, language));
    });

    it('deletes everything after two questions, and begins anew', async () => {
      const talk = await hasAll(await converse({ language }));
      const before = talk.client;
      await talk.presses('my-path');
      await talk.presses('erase');
      talk.isAsked('sure').hears('erase.whatGoes', 'erase.meetings', 'appointment.statutory', 'erase.whatStays');
      await talk.presses(true);
      await talk.isAsked('verySure').presses(true);
      talk.hears('erase.done', 'menu.ask').isAsked('menu');
      expect(talk.client).not.to.equal(before);
      expect(Object.keys(talk.dialog).sort()).to.deep.equal(['language', 'shown']);
      expect(await talk.documents.list('clients', before)).to.deep.equal([]);
    });
  });
}

describe('My path', () => {
  it('deletes nothing unless both questions are answered yes', async () => {
    const refusals: Record<string, boolean>[] = [{ sure: false }, { sure: true, verySure: false }];
    for (const answers of refusals) {
      const talk = await hasAll(await converse());
      await talk.presses('my-path');
      await talk.presses('erase');
      await talk.answers(answers);
      talk.hears('erase.kept').isAsked('menu');
      expect((await talk.world().clients.path()).intakes).to.have.length(1);
    }
  });

  it('asks both questions again when deleting was left half done', async () => {
    const talk = await hasAll(await converse());
    await talk.presses('my-path');
    await talk.presses('erase');
    await talk.presses(true);
    await talk.isAsked('verySure').commands('cancel');
    await talk.presses('my-path');
    await talk.presses('erase');
    talk.isAsked('sure');
  });

  it('tells a meeting that the service cancelled apart from one that the person cancelled', async () => {
    const talk = await hasAll(await converse());
    const [meeting] = (await talk.world().clients.path()).appointments;
    const ref = { collection: 'calendars' as const, partition: meeting!.coach, id: meeting!.start.slice(0, 10) };
    const { document, version } = (await talk.documents.get(ref))!;
    const cancelled = { ...meeting, state: 'cancelled-by-service' };
    await talk.documents.replace('calendars', { ...document, appointments: [cancelled] } as never, version);
    await talk.presses('my-path');
    talk.hears('my-path.weCancelled', 'my-path.noMeetings');
  });

  it('is found by words of its own', async () => {
    for (const [language, words] of Object.entries({
      fi: ['haluan perua ajan', 'missä omat tietoni ovat'],
      sv: ['jag vill avboka', 'visa mina uppgifter'],
      en: ['where is my referral', 'show my data'],
    })) {
      for (const said of words) {
        const talk = await converse({ language });
        await talk.says(said);
        expect(talk.dialog.flow?.id, said).to.equal('my-path');
      }
    }
  });
});
