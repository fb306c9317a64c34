import { changeDocument } from '../change-document.ts';
import type { Document, DocumentRef, Documents, Reading } from '../documents.ts';
import { madeId, referenceOf } from '../made-id.ts';
import type { Municipality } from '../municipalities/pack.ts';
import { type ClientAct, changeClient } from './client.ts';

/** What is known of a client and the panel of those who develop the service (moments are ISO 8601). */
export interface PanelState {
  /** Asked once of itself, after which confirmation. */
  asked?: { at: string; intent: string };
  joined?: string;
  left?: string;
}

/** Somebody who helps to develop the service, as the staff see them: no name, nothing but the reference of a case. */
export interface Panelist extends Document {
  type: 'panelist';
  reference: string;
  joinedAt: string;
}

type City = Pick<Municipality, 'slug'>;

function panelistRef({ slug }: City, client: string): DocumentRef {
  return { collection: 'clients', partition: `panel-${slug}`, id: madeId('panelist', client) };
}

/** Whether the client belongs to the panel. */
export function isInPanel(panel: PanelState | undefined): boolean {
  return panel?.joined !== undefined && panel.left === undefined;
}

/** Whether to ask the client of the panel now: once, and never who has decided. Again with the same intent is the same. */
export async function askOnce(act: ClientAct): Promise<boolean> {
  if (!act.municipality.panel) return false;
  let asks = false;
  await changeClient(act, ({ panel }) => {
    asks = panel?.asked?.intent === act.intent && panel.joined === undefined && panel.left === undefined;
    if (panel) return undefined;
    asks = true;
    return { panel: { asked: { at: act.now.toUTC().toISO()!, intent: act.intent } } };
  });
  return asks;
}

/** The client joins the panel; resolves with the reference that the staff see. Again is no error. */
export async function joinPanel(act: ClientAct): Promise<string> {
  const at = act.now.toUTC().toISO()!;
  let reference = referenceOf(madeId('panelist', act.client));
  await changeClient(act, ({ intake, panel }) => {
    if (intake !== undefined) reference = referenceOf(intake);
    if (isInPanel(panel)) return undefined;
    const { left: _, ...before } = panel ?? {};
    return { panel: { ...before, joined: at } };
  });
  const { collection: _, ...place } = panelistRef(act.municipality, act.client);
  const expiresAt = act.now.plus({ days: act.municipality.retention.clientDays }).toMillis();
  const member = await changeDocument<Panelist>(act.documents, panelistRef(act.municipality, act.client), (current) => {
    return current ? undefined : { ...place, type: 'panelist', schema: 1, reference, joinedAt: at, expiresAt };
  });
  return member!.reference;
}

/** The client leaves the panel; again is no error. */
export async function leavePanel(act: ClientAct): Promise<void> {
  await forgetPanelist(act.documents, act.municipality, act.client);
  await changeClient(act, ({ panel }) => {
    if (panel?.left !== undefined) return undefined;
    return { panel: { ...panel, left: act.now.toUTC().toISO()! } };
  });
}

/** Takes a client off the list that the staff see. */
export async function forgetPanelist(documents: Documents, municipality: City, client: string): Promise<void> {
  await documents.delete(panelistRef(municipality, client));
}

/** Everybody in the panel of a city, the newest first. */
export async function panelists(documents: Reading, { slug }: City): Promise<Panelist[]> {
  const found = await documents.list<Panelist>('clients', `panel-${slug}`, 'panelist');
  return found.map(({ document }) => document).sort((one, other) => other.joinedAt.localeCompare(one.joinedAt));
}
