import type { Documents } from '../../src/domain/documents.ts';
import { PolkuError } from '../../src/errors.ts';

/**
 * What may go wrong at the storage port, and how often one happens beside another: no answer and nothing done, no
 * answer though it was done, or an answer that takes its time.
 */
export const documentsFaults = { before: 2, after: 2, slow: 1 };
export type DocumentsFault = keyof typeof documentsFaults;

const verbs = ['get', 'create', 'replace', 'delete', 'list', 'due', 'ping'] as const;

/** A call as the plan sees it; `n` counts from 0. */
export interface FaultyCall {
  verb: (typeof verbs)[number];
  n: number;
}

/** Wraps a store so that the calls which the plan names fail before or after they were done, or come late. */
export function faultyDocuments(
  store: Documents,
  plan: (call: FaultyCall) => DocumentsFault | undefined,
  sleep: () => Promise<void> = () => new Promise((resolve) => setTimeout(resolve, 20)),
): Documents {
  let n = 0;
  function failing<Args extends unknown[], T>(verb: FaultyCall['verb'], call: (...args: Args) => Promise<T>) {
    return async (...args: Args): Promise<T> => {
      const fault = plan({ verb, n: n++ });
      if (fault === 'before') throw new PolkuError('storeUnavailable', `made up: before ${verb}`);
      if (fault === 'slow') await sleep();
      const result = await call(...args);
      if (fault === 'after') throw new PolkuError('storeUnavailable', `made up: after ${verb}`);
      return result;
    };
  }
  return {
    // The casts keep the type parameter of the document, which a wrapper cannot carry through.
    get: failing('get', store.get) as Documents['get'],
    create: failing('create', store.create),
    replace: failing('replace', store.replace),
    delete: failing('delete', store.delete),
    list: failing('list', store.list) as Documents['list'],
    due: failing('due', store.due),
    ping: failing('ping', store.ping),
    close: store.close,
  };
}
