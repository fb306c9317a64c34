import { expect } from 'chai';
import fc from 'fast-check';
import { SignJWT, UnsecuredJWT } from 'jose';
import { makeTokens } from '../../../src/channels/directline/tokens.ts';
import type { PolkuError } from '../../../src/errors.ts';

const secret = new Uint8Array(32).fill(1);
const start = 1_800_000_000_000;
const seconds = start / 1000;
const holder = { user: 'dl_person', conv: 'conversation', origin: '' };

/** What a check says: the claims, or the code of the refusal and its words. */
async function said(check: Promise<unknown>): Promise<unknown> {
  return check.catch((error: PolkuError) => [error.code, error.message]);
}

describe('The signature of tokens', () => {
  let now = start;
  const tokens = makeTokens({ secret, now: () => now, coaches: true });
  const jwt = (claims: object, audience = 'chat') => new SignJWT({ ...claims }).setAudience(audience);
  const signed = (unsigned: SignJWT, key = secret, alg = 'HS256') => unsigned.setProtectedHeader({ alg }).sign(key);
  beforeEach(() => {
    now = start;
  });

  it('lets no token through that was changed in any place', async () => {
    const token = await tokens.issue(holder);
    const refused = await said(tokens.verify('x'));
    const changed = fc.tuple(fc.nat({ max: token.length - 1 }), fc.constantFrom(...'abcXYZ019-_.='));
    await fc.assert(
      fc.asyncProperty(changed, async ([at, character]) => {
        fc.pre(token[at] !== character);
        const forged = token.slice(0, at) + character + token.slice(at + 1);
        for (const check of [tokens.verify, tokens.recall]) expect(await said(check(forged))).to.deep.equal(refused);
      }),
      { numRuns: 300 },
    );
  });

  it('lets no token through of another kind, and says the same of all', async () => {
    const exp = seconds + 600;
    const other = new Uint8Array(32).fill(2);
    const bad = [
      '',
      '.',
      '..',
      'a.b.c',
      await signed(jwt(holder).setExpirationTime(exp), other),
      await signed(jwt(holder).setExpirationTime(exp), new Uint8Array(64).fill(1), 'HS512'),
      await signed(jwt(holder)),
      await signed(jwt(holder, 'stream').setExpirationTime(exp)),
      await signed(jwt(holder, 'other').setExpirationTime(exp)),
      await signed(new SignJWT(holder).setExpirationTime(exp)),
      await signed(jwt({ ...holder, user: 'someone' }).setExpirationTime(exp)),
      await signed(jwt({ ...holder, conv: '' }).setExpirationTime(exp)),
      await signed(jwt({ ...holder, conv: ['conversation'] }).setExpirationTime(exp)),
      await signed(jwt({ user: 'dl_person', conv: 'conversation' }).setExpirationTime(exp)),
      await signed(jwt({ ...holder, coach: 7 }).setExpirationTime(exp)),
      await signed(
        jwt(holder)
          .setExpirationTime(exp)
          .setNotBefore(seconds + 60),
      ),
      new UnsecuredJWT({ ...holder }).setAudience('chat').setExpirationTime(exp).encode(),
    ];
    const refused = await said(tokens.verify('x'));
    for (const token of bad) expect(await said(tokens.verify(token)), token).to.deep.equal(refused);
  });

  it('holds for half an hour, to the second, and does not outlive it by being remembered', async () => {
    const token = await tokens.issue(holder);
    const exp = seconds + 1800;
    expect(await tokens.verify(token)).to.deep.equal({ ...holder, exp });
    now = start + 1_799_000;
    expect(await tokens.verify(token)).to.deep.equal({ ...holder, exp });
    now = start + 1_800_000;
    expect(await said(tokens.verify(token))).to.deep.equal(['badToken', 'The token has expired.']);
    expect(await tokens.recall(token)).to.deep.equal({ ...holder, exp });
    now += 30 * 24 * 60 * 60_000;
    expect(await said(tokens.recall(token))).to.deep.equal(['badToken', 'The token has expired.']);
  });

  it('opens a stream for a minute, and nothing else', async () => {
    const claims = { ...holder, exp: seconds + 1800 };
    const key = await tokens.issueStream(claims);
    expect(await tokens.verifyStream(key)).to.deep.equal(claims);
    expect((await said(tokens.verify(key))) as string[]).to.include('badToken');
    expect((await said(tokens.verifyStream(await tokens.issue(holder)))) as string[]).to.include('badToken');
    now += 60_000;
    expect((await said(tokens.verifyStream(key))) as string[]).to.include('badToken');
  });
});
