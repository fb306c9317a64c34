import type { Suggestion } from '../../domain/coaches/suggestion.ts';
import { type Block, line } from './blocks.ts';
import type { CardReader } from './reader.ts';

/** The body of a suggestion: which service, and whether the client has said no. */
export function suggestionBody(
  suggestion: Suggestion,
  { say, municipality }: CardReader,
): { title: string; body: Block[] } {
  const { service: id, reference, createdAt, declinedAt } = suggestion;
  const service = municipality.services.find((one) => one.id === id);
  const label = (key: string) => say({ key: `cards.labels.${key}` });
  return {
    title: say({ key: `cards.titles.${declinedAt === undefined ? 'suggestion' : 'declined'}` }),
    body: [
      line(label('service'), service ? say(service.name) : id),
      ...(service ? [line(label('partner'), service.provider)] : []),
      line(label('reference'), reference),
      line(label('sent'), say({ at: createdAt, as: 'moment' })),
    ],
  };
}
