/** Remembers what was used lately. */
export interface Recent<K, V> {
  /** Counts as a use. */
  get(key: K): V | undefined;
  set(key: K, value: V): void;
  delete(key: K): void;
}

/**
 * Makes a memory of at least the last `most` that were used and at most twice as many. The older half is forgotten at
 * once: to find the oldest of a `Map` takes ever longer when one is deleted for each that comes.
 */
export function makeRecent<K, V extends object | string | number | true>(most: number): Recent<K, V> {
  let fresh = new Map<K, V>();
  let older = new Map<K, V>();

  function set(key: K, value: V): void {
    if (fresh.size >= most && !fresh.has(key)) [older, fresh] = [fresh, new Map()];
    fresh.set(key, value);
  }

  return {
    get(key) {
      const value = fresh.get(key);
      if (value !== undefined) return value;
      const old = older.get(key);
      if (old !== undefined) set(key, old);
      return old;
    },
    set,
    delete(key) {
      fresh.delete(key);
      older.delete(key);
    },
  };
}
