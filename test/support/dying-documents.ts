import type { Documents } from '../../src/domain/documents.ts';

/** A process that dies at one call to its store, before or after the store did it; from then on nothing answers. */
export interface Death {
  documents: Documents;
  /** Calls so far, to know how many deaths there are to try. */
  calls(): number;
}

/** The store as one process sees it that dies at the given call (counted from 1; `undefined`: lives). */
export function dying(store: Documents, at?: { call: number; when: 'before' | 'after' }): Death {
  let calls = 0;
  const documents = new Proxy(store, {
    get(target, name: keyof Documents) {
      return async (...given: unknown[]) => {
        calls++;
        if (at && (calls > at.call || (calls === at.call && at.when === 'before'))) throw new Error('the process died');
        const done = await (target[name] as (...all: unknown[]) => Promise<unknown>)(...given);
        if (at && calls >= at.call) throw new Error('the process died');
        return done;
      };
    },
  });
  return { documents, calls: () => calls };
}

/** The store with each call taking a few turns of the event loop, as told by `pause` (how many). */
export function slowly(store: Documents, pause: () => number): Documents {
  return new Proxy(store, {
    get(target, name: keyof Documents) {
      return async (...given: unknown[]) => {
        for (let i = pause(); i > 0; i--) await new Promise((resolve) => setImmediate(resolve));
        return (target[name] as (...all: unknown[]) => Promise<unknown>)(...given);
      };
    },
  });
}
