import { expect } from 'chai';
import type { Coach } from '../../src/domain/municipalities/pack.ts';
import { porvoo, texts } from '../support/coach-office.ts';
import { TeamsOffice } from '../support/teams-office.ts';

type Found = { type?: string; data?: Record<string, unknown>; title?: string };

/** Every button of a card, those inside forms too. */
function buttonsOf(value: unknown): Found[] {
  if (Array.isArray(value)) return value.flatMap(buttonsOf);
  if (typeof value !== 'object' || value === null) return [];
  const own = String((value as Found).type).startsWith('Action.') ? [value as Found] : [];
  return [...own, ...Object.entries(value).flatMap(([name, one]) => (name === 'refresh' ? [] : buttonsOf(one)))];
}

describe('A coach in Teams', () => {
  const [aino, linnea] = porvoo.coaches as [Coach, Coach];
  let office: TeamsOffice;
  beforeEach(async () => {
    office = await new TeamsOffice().start();
  });
  afterEach(() => office.stop());
  const chat = ({ id }: Coach) => office.teams.sees(`a:${id}`).map(({ activity }) => activity);

  it('is known from the installation on, and greeted once', async () => {
    expect((await office.install(aino)).status).to.equal(200);
    await office.server.post(office.activity(aino, { type: 'conversationUpdate' }));
    await office.install(aino);
    expect((await office.link(aino.id))?.reference?.conversation).to.equal(`a:${aino.id}`);
    expect(chat(aino)).to.have.length(1);
    expect(JSON.stringify(chat(aino))).to.contain(aino.name);
  });

  it('is asked for in Teams once, and known by the object id after that', async () => {
    await office.install(aino);
    await office.server.post(office.activity(aino, { text: '?' }));
    expect(office.teams.calls.filter(({ kind }) => kind === 'members')).to.have.length(1);
  });

  it('is nobody who only has a similar name or mail address', async () => {
    for (const userPrincipalName of [`${aino.email}.evil.example`, 'guest_evil.example#EXT#@city.example', '']) {
      const stranger = office.activity(aino, {
        from: { id: `29:${userPrincipalName}`, aadObjectId: `aad-x${userPrincipalName.length}` },
        text: 'toimenpiteet',
      });
      office.teams.people.set(`29:${userPrincipalName}`, {
        aadObjectId: `aad-x${userPrincipalName.length}`,
        userPrincipalName,
      });
      await office.server.post(stranger);
    }
    const heard = chat(aino).map(({ text }) => text);
    expect(heard).to.have.length(3);
    for (const text of heard) expect(text).to.contain('stranger');
    expect(await office.link(aino.id)).to.equal(undefined);
  });

  it('hears nothing of clients in a group', async () => {
    const conversation = { id: 'a:group', conversationType: 'groupChat', tenantId: 'city' };
    await office.server.post(office.activity(aino, { conversation, text: 'toimenpiteet' }));
    expect(office.teams.sees('a:group').map(({ activity }) => activity.text)).to.deep.equal(['group fi']);
    const press = await office.press(aino, { act: 'show', about: {} }, { conversation });
    expect(press.body.type).to.equal('application/vnd.microsoft.activity.message');
  });

  it('gets the card, presses it, and all copies show what was done', async () => {
    for (const one of [aino, linnea]) await office.install(one);
    const everybody = { routing: { because: { key: 'routing.team' } } };
    const intake = await office.intakeFor(aino.id, 'client-1');
    const read = await office.documents.get({ collection: 'clients', partition: 'client-1', id: intake.id });
    await office.documents.replace('clients', { ...read!.document, ...everybody } as never, read!.version);
    await office.settle();
    const cards = office.teams.sees(`a:${aino.id}`).filter(({ activity }) => activity.attachments);
    expect(cards).to.have.length(1);
    const [take] = buttonsOf(cards[0]!.activity.attachments).filter(({ data }) => data?.act === 'take');
    expect(take?.type).to.equal('Action.Execute');
    expect(buttonsOf(cards[0]!.activity.attachments).filter(({ type }) => type === 'Action.Submit')).to.deep.equal([]);

    const won = await office.press(aino, take!.data!, { replyToId: cards[0]!.id });
    expect(won.body.type).to.equal('application/vnd.microsoft.card.adaptive');
    expect(JSON.stringify(won.body.value), 'good news is no warning').not.to.contain('Attention');
    const lost = await office.press(linnea, take!.data!);
    expect(JSON.stringify(lost.body.value)).to.contain(aino.name);
    const again = await office.press(aino, take!.data!);
    expect(again.body.statusCode).to.equal(200);
    await office.settle();
    const handling = (await office.documents.get({ collection: 'clients', partition: 'client-1', id: intake.id }))!
      .document as unknown as { handling: { taken: { by: string } } };
    expect(handling.handling.taken.by).to.equal(aino.id);
    // Nobody got another message; the other coach's card changed where it stood.
    const theirs = office.teams.sees(`a:${linnea.id}`).filter(({ activity }) => activity.attachments);
    expect(theirs).to.have.length(1);
    expect(theirs[0]!.updates).to.be.greaterThan(0);
    expect(JSON.stringify(theirs[0]!.activity)).to.contain(aino.name);
  });

  it('sees the newest card when Teams asks for it, and of another’s client nothing', async () => {
    await office.install(linnea);
    await office.intakeFor(aino.id, 'client-1');
    const about = { collection: 'clients', partition: 'client-1', id: 'intake-client-1' };
    const value = { action: { data: { act: 'show', about } }, trigger: 'automatic' };
    const ask = (of: Coach) =>
      office.server.post(office.activity(of, { type: 'invoke', name: 'adaptiveCard/action', value }));
    const own = JSON.stringify((await ask(aino)).body);
    expect(own).to.contain('Kim');
    expect(own).to.contain(`"userIds":["29:${aino.id}"]`);
    expect(JSON.stringify((await ask(linnea)).body)).not.to.contain('Kim');
    const before = chat(linnea).length;
    await ask(linnea);
    expect(chat(linnea)).to.have.length(before);
  });

  it('who uninstalled the bot gets mail, and cards again after the next installation', async () => {
    await office.install(aino);
    await office.server.post(office.activity(aino, { type: 'installationUpdate', action: 'remove' }));
    expect((await office.link(aino.id))?.reference).to.equal(undefined);
    await office.intakeFor(aino.id, 'client-1');
    await office.settle();
    expect(office.mails.map(({ coach, why, news }) => [coach, why, news])).to.deep.equal([
      [aino.id, 'noTeams', 'intake'],
    ]);
    await office.install(aino);
    await office.intakeFor(aino.id, 'client-2');
    await office.settle();
    expect(chat(aino).filter(({ attachments }) => attachments)).to.have.length(1);
    expect(office.mails).to.have.length(1);
  });

  it('who blocked the bot gets mail; the next card that arrives says what was missed', async () => {
    await office.install(aino);
    office.teams.behave = ({ method }) => (method === 'POST' ? { status: 403 } : 'ok');
    await office.intakeFor(aino.id, 'client-1');
    await office.settle();
    const calls = office.teams.calls.length;
    await office.intakeFor(aino.id, 'client-2');
    await office.settle();
    expect(office.teams.calls, 'nothing is tried any more').to.have.length(calls);
    expect(office.mails.map(({ why }) => why)).to.deep.equal(['unreachable', 'unreachable']);
    office.teams.behave = () => 'ok';
    await office.server.post(office.activity(aino, { text: 'toimenpiteet' }));
    expect(JSON.stringify(chat(aino))).to.contain('Teams ei ole tuonut sinulle 2');
    await office.intakeFor(aino.id, 'client-3');
    await office.settle();
    const missed = texts.say({ key: 'staff.missed.many', with: { count: 2, at: '' } }, aino.language).split('.')[0]!;
    expect(JSON.stringify(chat(aino).at(-1))).to.contain(missed);
    expect((await office.link(aino.id))?.missed).to.equal(undefined);
  });
});
