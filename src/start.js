import { enableCompileCache } from 'node:module';

// Compiled code is kept between starts. This file is JavaScript, and imports nothing before that, because the first
// TypeScript that is not kept costs the start 35 ms: what reads it must be loaded.
enableCompileCache();
await import('./index.ts');
