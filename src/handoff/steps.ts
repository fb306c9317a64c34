import { changeDocument } from '../domain/change-document.ts';
import { type Ending, end, type Side, say } from '../domain/clients/handoff.ts';
import type { ContactRequest } from '../domain/clients/path.ts';
import type { Documents } from '../domain/documents.ts';
import { type ContactName, contactRef } from './talk-state.ts';

/**
 * Puts a line on its way to the other. Resolves with its number, the same for the same place; undefined when the talk was
 * over before, or everything about the client is gone.
 */
export async function sayLine(
  documents: Documents,
  contact: ContactName,
  line: { from: Side; place: number; words?: string },
  now: number,
): Promise<number | undefined> {
  const after = await changeDocument<ContactRequest>(documents, contactRef(contact), (current) => {
    const next = current && say(current, line, now);
    return next === current ? undefined : next;
  });
  const said = after?.handoff?.lines[line.from];
  return said && said.place >= line.place ? said.count : undefined;
}

/** Ends a talk; what is over already stays as it is. */
export async function endTalk(documents: Documents, contact: ContactName, by: Ending, now: number): Promise<void> {
  await changeDocument<ContactRequest>(documents, contactRef(contact), (current) => current && end(current, by, now));
}

/** The request of a talk that is open now. */
export async function openTalk(documents: Documents, contact: ContactName): Promise<ContactRequest | undefined> {
  const found = (await documents.get<ContactRequest>(contactRef(contact)))?.document;
  return found?.handoff?.state === 'open' ? found : undefined;
}
