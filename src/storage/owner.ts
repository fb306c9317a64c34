import type { Document, DocumentRef, Documents } from '../domain/documents.ts';
import { hasCode, PolkuError } from '../errors.ts';

/** Says whose data a store holds; it tells of no person. */
interface Owner extends Document {
  type: 'city';
  municipality: string;
}

const ref: DocumentRef = { collection: 'coaches', partition: 'city', id: 'city' };

/**
 * Keeps in the store whose it is, the first time; throws `badSetting` when it is another city's, because a wrong setting
 * must never mix the data of two.
 */
export async function claimStore(documents: Documents, municipality: string): Promise<void> {
  const { id, partition, collection } = ref;
  let owner = (await documents.get<Owner>(ref))?.document;
  if (!owner) {
    const mine: Owner = { id, partition, type: 'city', schema: 1, municipality };
    try {
      await documents.create(collection, mine);
      owner = mine;
    } catch (error) {
      if (!hasCode(error, 'conflict')) throw error;
      owner = (await documents.get<Owner>(ref))?.document;
    }
  }
  if (owner?.municipality === municipality) return;
  const repair = 'Correct MUNICIPALITY, or give each city its own DATA_DIR and COSMOS_DATABASE';
  throw new PolkuError(
    'badSetting',
    `The store of ${municipality} holds the data of ${owner?.municipality}. ${repair}.`,
  );
}
