import { cancelReasons, type Slot } from '../../domain/appointments/appointment.ts';
import { endStatesOf } from '../../domain/clients/end-path.ts';
import { organisationName } from '../../domain/clients/responsible.ts';
import type { SuitableClient } from '../../domain/offers/suitable-clients.ts';
import type { Act } from '../acts/offered.ts';
import { type ActWithInputs, inputName, longestWords } from '../acts/wish.ts';
import { type Block, sentence } from './blocks.ts';
import type { Input } from './buttons.ts';
import { certificateForm } from './certificate.ts';
import { choice } from './choice.ts';
import { clientChoices, outcomeChoices } from './offer.ts';
import type { CardReader } from './reader.ts';

/** What an act asks of the coach before it is done; undefined when a press is enough. */
export function formOf(
  act: Act,
  reader: CardReader,
  times: Slot[],
  clients: SuitableClient[] = [],
): Block[] | undefined {
  const { say, municipality, coach } = reader;
  switch (act) {
    case 'give': {
      const others = municipality.coaches.filter(({ id }) => id !== coach.id);
      return [
        choice(
          act,
          'to',
          reader,
          others.map(({ id, name }) => ({ title: name, value: id })),
        ),
      ];
    }
    case 'handOver': {
      const others = municipality.coaches.filter(({ id, organisation }) => id !== coach.id && organisation);
      const named = others.map(({ id, name, organisation }) => {
        return { title: `${name}, ${say(organisationName(organisation!, municipality))}`, value: id };
      });
      return [choice(act, 'to', reader, named), words(act, reader)];
    }
    case 'close': {
      const outcomes = endStatesOf(municipality).map((value) => {
        return { title: say({ key: `cards.outcomes.${value}` }), value };
      });
      const hint = sentence(say({ key: 'cards.forms.close.hint' }), { isSubtle: true });
      return [choice(act, 'outcome', reader, outcomes), words(act, reader), hint];
    }
    case 'suggestPlace':
      return [choice(act, 'client', reader, clientChoices(clients, reader)), words(act, reader)];
    case 'closeOffer':
      return [choice(act, 'outcome', reader, outcomeChoices(reader))];
    case 'refuseOrder':
      return [neededWords(act, reader)];
    case 'certify':
      return certificateForm(act, reader);
    case 'propose': {
      const slots = times.map(({ start }) => ({ title: say({ at: start, as: 'moment' }), value: start }));
      return [choice(act, 'time', reader, slots), words(act, reader)];
    }
    case 'cancel': {
      const reasons = cancelReasons.map((value) => ({ title: say({ key: `cards.reasons.${value}` }), value }));
      const title = say({ key: 'cards.forms.cancel.free' });
      const id = inputName(act, 'free');
      const free: Input = { type: 'Input.Toggle', id, title, value: 'false', valueOn: 'true', valueOff: 'false' };
      return [choice(act, 'reason', reader, reasons), words(act, reader), free];
    }
    default:
      return undefined;
  }
}

function words(act: ActWithInputs, { say }: CardReader): Input {
  const id = inputName(act, 'words');
  return {
    type: 'Input.Text',
    id,
    label: say({ key: 'cards.forms.words' }),
    isMultiline: true,
    maxLength: longestWords,
  };
}

/** Words that the client has to get. */
function neededWords(act: ActWithInputs, { say }: CardReader): Input {
  return {
    type: 'Input.Text',
    id: inputName(act, 'words'),
    label: say({ key: `cards.forms.${act}.label` }),
    isMultiline: true,
    maxLength: longestWords,
    isRequired: true,
    errorMessage: say({ key: `cards.forms.${act}.missing` }),
  };
}
