import { HTTPMethod, ResourceType, setAuthorizationTokenHeaderUsingMasterKey } from '@azure/cosmos';
import { expect } from 'chai';
import fc from 'fast-check';
import { accessByIdentity, accessByKey, keySignature } from '../../src/storage/cosmos-access.ts';

const base64 = fc.uint8Array({ minLength: 1, maxLength: 64 }).map((bytes) => Buffer.from(bytes).toString('base64'));
const link = fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { maxLength: 6 }).map((parts) => parts.join('/'));
type Headers = Record<string, string | number | boolean>;

describe('Access to Cosmos DB', () => {
  it('by key is the signature that Microsoft gives as its example', () => {
    const key = 'dsZQi3KtZmCv1ljt3VNWNm7sQUF1y5rJfC6kv5JiwvW0EndXdDku/dkKBp8/ufDToSxLzR4y+O/0H/t4bQtVNw==';
    const date = 'Thu, 27 Apr 2017 00:51:12 GMT';
    const signature = keySignature(key)({ verb: 'GET', resourceType: 'dbs', link: 'dbs/ToDoList', date });
    expect(signature).to.equal('type=master&ver=1.0&sig=c09PEVJrgp2uQRkr934kFbTqhByc7TVr3OHyqlu+c+c=');
  });

  it("by key is what Microsoft's SDK would sign, for every verb, type and address", async () => {
    const verb = fc.constantFrom(...Object.values(HTTPMethod));
    const type = fc.constantFrom(...Object.values(ResourceType).filter((name) => name !== ResourceType.offer));
    await fc.assert(
      fc.asyncProperty(base64, verb, type, link, async (key, verb, resourceType, resourceId) => {
        const theirs: Headers = {};
        await setAuthorizationTokenHeaderUsingMasterKey(verb, resourceId, resourceType, theirs, key);
        const provider = accessByKey(key, Date.now).options.tokenProvider!;
        const headers = { 'x-ms-date': theirs['x-ms-date']! };
        const ours = await provider({ verb, path: '', resourceId, resourceType, headers });
        expect(encodeURIComponent(ours)).to.equal(theirs.authorization);
      }),
    );
  });

  it('by key to a replace carries the date that it signs', () => {
    const headers = accessByKey('bm90IGEga2V5', () => 0).toReplace('dbs/a/colls/b/docs/c')!;
    const date = 'Thu, 01 Jan 1970 00:00:00 GMT';
    const signed = { verb: 'PUT', resourceType: 'docs', link: 'dbs/a/colls/b/docs/c', date };
    const authorization = encodeURIComponent(keySignature('bm90IGEga2V5')(signed));
    expect(headers).to.deep.equal({ 'x-ms-date': date, authorization });
  });

  it('as a managed identity uses the token that the SDK got last, until the SDK should get the next one', async () => {
    let now = 0;
    let made = 0;
    const getToken = async () => ({ token: `token-${++made}`, expiresOnTimestamp: now + 600_000 });
    const { options, toReplace } = accessByIdentity({ getToken }, () => now);
    expect(toReplace('a')).to.equal(undefined);
    for (const round of [1, 2]) {
      const got = await options.aadCredentials!.getToken('https://account.documents.azure.com/.default');
      expect(got?.token).to.equal(`token-${round}`);
      now += 479_999;
      expect(toReplace('a')).to.deep.equal({ authorization: `type=aad&ver=1.0&sig=token-${round}` });
      now += 1;
      expect(toReplace('a')).to.equal(undefined);
    }
  });
});
