/** Makes something of a value that never changes, once for each, and forgets it with the value. */
export function onceFor<K extends object, T>(make: (of: K) => T): (of: K) => T {
  const made = new WeakMap<K, { what: T }>();
  return (of) => {
    let found = made.get(of);
    if (!found) {
      found = { what: make(of) };
      made.set(of, found);
    }
    return found.what;
  };
}
