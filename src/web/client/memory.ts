/** What the client keeps in the browser: a token that outlives the page, and what belongs to one tab. */
export interface Memory {
  /** False when the browser keeps nothing; then the conversation ends with the page. */
  readonly remembers: boolean;
  read(name: string): string | undefined;
  write(name: string, value: string | undefined): void;
  /** Calls the listener when another tab changes the name. */
  watch(name: string, listener: (value: string | undefined) => void): () => void;
}

function works(storage: Storage, key: string): boolean {
  storage.setItem(key, '1');
  storage.removeItem(key);
  return true;
}

/** Opens the browser's storage under a prefix; a browser that forbids it gets a memory that lasts as long as the page. */
export function openMemory(area: () => Storage, prefix: string): Memory {
  const kept = new Map<string, string>();
  let storage: Storage | undefined;
  try {
    const found = area();
    if (works(found, `${prefix}?`)) storage = found;
  } catch {
    // Blocked or full: the map below is all there is.
  }
  return {
    remembers: storage !== undefined,
    read: (name) => (storage ? (storage.getItem(prefix + name) ?? undefined) : kept.get(name)),
    write(name, value) {
      if (value === undefined) {
        kept.delete(name);
        storage?.removeItem(prefix + name);
        return;
      }
      kept.set(name, value);
      try {
        storage?.setItem(prefix + name, value);
      } catch {
        // Full: the page goes on with what it has in hand.
      }
    },
    watch(name, listener) {
      const heard = (event: StorageEvent) => {
        if (event.key !== prefix + name && event.key !== null) return;
        // As it is now: of two tabs that wrote at once, both must end with the same.
        listener(storage?.getItem(prefix + name) ?? undefined);
      };
      window.addEventListener('storage', heard);
      return () => window.removeEventListener('storage', heard);
    },
  };
}
