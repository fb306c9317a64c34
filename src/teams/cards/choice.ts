import { type ActWithInputs, inputName } from '../acts/wish.ts';
import type { Input } from './buttons.ts';
import type { CardReader } from './reader.ts';

/** A list to choose one from, labelled by the act's own words. */
export function choice(
  act: ActWithInputs,
  name: string,
  { say }: CardReader,
  choices: { title: string; value: string }[],
): Input {
  return {
    type: 'Input.ChoiceSet',
    id: inputName(act, name),
    label: say({ key: `cards.forms.${act}.label` }),
    style: 'compact',
    choices,
    placeholder: say({ key: 'cards.forms.choose' }),
    isRequired: true,
    errorMessage: say({ key: `cards.forms.${act}.missing` }),
  };
}
