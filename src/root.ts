import { join } from 'node:path';

/** The folder of the project: its sources, and what is built from them, lie one folder below it. */
export const root = join(import.meta.dirname, '..');
