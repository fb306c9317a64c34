import { panelists } from '../../domain/clients/panel.ts';
import type { Documents } from '../../domain/documents.ts';
import { type Block, card, line, sentence } from './blocks.ts';
import type { CardReader } from './reader.ts';
import type { RenderedCard } from './render.ts';

/** Members on the card; a card for Teams stays under 28 kB. */
const mostShown = 40;

/** Those who help to develop the service: how many they are, and each by the reference of a case alone. */
export async function panelCard(
  documents: Documents,
  { say, language, municipality }: CardReader,
): Promise<RenderedCard> {
  const members = await panelists(documents, municipality);
  const rest = members.length - mostShown;
  const body = municipality.panel
    ? [
        sentence(say({ key: 'panel.card.count', with: { count: members.length } })),
        ...members.slice(0, mostShown).map(({ reference, joinedAt }) => {
          return line(reference, say({ key: 'panel.card.line', with: { at: { at: joinedAt, as: 'date' } } }));
        }),
        ...(rest > 0 ? [sentence(say({ key: 'panel.card.more', with: { count: rest } }))] : []),
      ]
    : [sentence(say({ key: 'panel.none' }))];
  return { card: card(language, say({ key: 'panel.card.title' }), body), open: false };
}

/** How many are in the panel and how to see them, for other lists; nothing where the city has none. */
export async function panelLine(documents: Documents, { say, municipality }: CardReader): Promise<Block[]> {
  if (!municipality.panel) return [];
  const count = (await panelists(documents, municipality)).length;
  return [
    sentence(`${say({ key: 'panel.card.count', with: { count } })} ${say({ key: 'panel.card.how' })}`, {
      isSubtle: true,
    }),
  ];
}
