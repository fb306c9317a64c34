import { documentsContract } from '../contract/documents.ts';
import { MemoryDocuments } from './memory-documents.ts';

documentsContract(
  'The store in memory of the tests',
  async () => ({ open: async (now) => new MemoryDocuments(now), remove: async () => {} }),
  { durable: false },
);
