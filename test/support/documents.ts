import { expect } from 'chai';
import type { Document, DocumentRef } from '../../src/domain/documents.ts';
import { type ErrorCode, PolkuError } from '../../src/errors.ts';

/** A document with whatever else it should hold; `note` is its type unless told. */
export function doc<Extra extends Record<string, unknown>>(
  partition: string,
  id: string,
  extra?: Extra,
): Document & Extra {
  return { id, partition, type: 'note', schema: 1, ...extra } as Document & Extra;
}

/** Points at a document of the collection that most tests use. */
export function ref(partition: string, id: string, collection: DocumentRef['collection'] = 'clients'): DocumentRef {
  return { collection, partition, id };
}

/** Expects the promise to be refused with this code; anything else fails the test. */
export async function refused(promise: Promise<unknown>, code: ErrorCode): Promise<PolkuError> {
  try {
    await promise;
  } catch (error) {
    expect(error, String(error)).to.be.instanceOf(PolkuError);
    expect((error as PolkuError).code, String(error)).to.equal(code);
    return error as PolkuError;
  }
  throw new Error(`expected a refusal with ${code}, but it was done`);
}

/** How many of the attempts were done; every other one must be refused as a conflict. */
export async function winners<T>(attempts: Promise<T>[]): Promise<T[]> {
  const done: T[] = [];
  for (const attempt of await Promise.allSettled(attempts)) {
    if (attempt.status === 'fulfilled') done.push(attempt.value);
    else await refused(Promise.reject(attempt.reason), 'conflict');
  }
  return done;
}
