import type { Intake } from '../../domain/clients/path.ts';
import type { Suggestion } from '../../domain/coaches/suggestion.ts';
import { tellAnswer } from '../../notify/answers.ts';
import { isUntoldOver } from '../cases.ts';
import { type Block, line, sentence } from './blocks.ts';
import type { CardReader } from './reader.ts';

/** The body of a suggestion: which service or place, and whether the client has said no or yes. */
export function suggestionBody(suggestion: Suggestion, reader: CardReader): { title: string; body: Block[] } {
  const { say } = reader;
  const { reference, createdAt } = suggestion;
  const label = (key: string) => say({ key: `cards.labels.${key}` });
  return {
    title: say({ key: titleOf(suggestion) }),
    body: [
      ...next(suggestion, reader),
      ...what(suggestion, reader),
      line(label('reference'), reference),
      line(label('sent'), say({ at: createdAt, as: 'moment' })),
    ],
  };
}

/** What there is to do for the coach: nothing once the place is closed and the client has heard so. */
function next(suggestion: Suggestion, { say }: CardReader): Block[] {
  const { accepted, over } = suggestion;
  if (over) {
    return [
      sentence(say({ key: 'offer.card.closedTitle' }), { weight: 'Bolder' }),
      ...(isUntoldOver(suggestion) ? [sentence(say({ key: 'cards.appointment.untold' }), { color: 'Attention' })] : []),
    ];
  }
  return accepted ? [sentence(say({ key: 'offer.card.getInTouch' }), { color: 'Attention' })] : [];
}

function titleOf({ place, declinedAt, accepted }: Suggestion): string {
  if (!place) return `cards.titles.${declinedAt === undefined ? 'suggestion' : 'declined'}`;
  if (accepted) return 'offer.card.placeAccepted';
  return `offer.card.${declinedAt === undefined ? 'suggestedPlace' : 'placeDeclined'}`;
}

function what({ service: id, place }: Suggestion, { say, municipality }: CardReader): Block[] {
  const label = (key: string) => say({ key });
  if (place) {
    return [
      line(label('offer-place.kind.label'), say({ key: `offer-place.kind.options.${place.kind}` })),
      line(label('offer-place.field.label'), say({ key: `offer-place.field.options.${place.field}` })),
      line(label('offer.card.offer'), place.reference),
    ];
  }
  const service = municipality.services.find((one) => one.id === id);
  return [
    line(label('cards.labels.service'), service ? say(service.name) : (id ?? '')),
    ...(service ? [line(label('cards.labels.partner'), service.provider)] : []),
  ];
}

/** Who the client is, by their newest intake, and how to reach them; nothing when there is none. */
export function suggestedTo(intakes: Intake[], reader: CardReader): Block[] {
  const newest = intakes.sort((a, b) => Date.parse(b.submittedAt) - Date.parse(a.submittedAt))[0];
  if (!newest) return [];
  const { name, phone, email } = newest.answers;
  const told = Object.entries({ name, phone, email }).filter(([, value]) => value != null);
  return [
    line(reader.say({ key: 'offer.card.to' }), newest.reference),
    ...told.map(([question, value]) => {
      const { label, text } = tellAnswer(question, value, reader);
      return line(label, text);
    }),
  ];
}
