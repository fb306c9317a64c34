import type { Documents, Reading } from './documents.ts';

/** The reading half of a store, which gives the same answer until it is told to look again. */
export interface OneLook extends Reading {
  /** From now on everything is read anew. */
  again(): void;
}

/**
 * Looks once: whatever is said in one turn is then true of one moment, and nothing is read twice. What decides a change
 * reads for itself. Nobody may change what was read.
 */
export function oneLook(documents: Reading): OneLook {
  const seen = new Map<string, Promise<unknown>>();

  function once<Args extends unknown[], T>(verb: string, read: (...args: Args) => Promise<T>) {
    return (...args: Args): Promise<T> => {
      const key = JSON.stringify([verb, ...args]);
      const known = seen.get(key) ?? read(...args);
      seen.set(key, known);
      return known as Promise<T>;
    };
  }

  return {
    // The casts keep the type parameter of the document, which a wrapper cannot carry through.
    get: once('get', documents.get) as Documents['get'],
    list: once('list', documents.list) as Documents['list'],
    again: () => seen.clear(),
  };
}
