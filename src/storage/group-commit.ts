import type { DatabaseSync } from 'node:sqlite';
import { answering } from './sqlite-file.ts';

interface Waiting {
  run: () => unknown;
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
}

/** Runs writes so that those that come together are made durable together. */
export interface GroupCommit {
  /** Resolves with what the write gave when it is on the disk; rejects with what it threw, and then nothing was written. */
  write<T>(run: () => T): Promise<T>;
  /** Writes at once what waits. */
  flush(): void;
}

/**
 * The disk is waited for once for all writes that come in one round of the event loop, instead of once for each: at 64
 * clients that is most of what a turn costs. A write fails alone: the others are then done one by one.
 */
export function createGroupCommit(database: DatabaseSync): GroupCommit {
  // Without a file there is no disk to wait for.
  const isFile = database.location() !== null;
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  let waiting: Waiting[] = [];

  function flush(): void {
    const group = waiting;
    waiting = [];
    if (group.length < 2) {
      group.forEach(alone);
      return;
    }
    try {
      answering(() => begin.run());
      const results = together(group);
      answering(() => (results ? commit.run() : database.exec('ROLLBACK')));
      for (const [i, one] of group.entries()) results ? one.resolve(results[i] as never) : alone(one);
    } catch (error) {
      // The disk is full or somebody else holds the file: one by one it would be waited for again and again.
      if (database.isOpen && database.isTransaction) database.exec('ROLLBACK');
      for (const { reject } of group) reject(error);
    }
  }

  function together(group: Waiting[]): unknown[] | undefined {
    try {
      return group.map(({ run }) => run());
    } catch {
      return undefined;
    }
  }

  function alone({ run, resolve, reject }: Waiting): void {
    try {
      resolve(run() as never);
    } catch (error) {
      reject(error);
    }
  }

  return {
    write: (run) =>
      new Promise((resolve, reject) => {
        const one = { run, resolve, reject };
        if (!isFile) alone(one);
        else if (waiting.push(one) === 1) setImmediate(flush);
      }),
    flush,
  };
}
