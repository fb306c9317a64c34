import type { CaseRef } from '../../domain/notices.ts';
import type { Act } from '../acts/offered.ts';
import type { Block } from './blocks.ts';

/** What a button sends: a wish that is checked against the case, never a right. */
export interface ButtonData {
  act: Act | 'show';
  about: CaseRef;
  /** The state of the case that the button was made for. */
  mark?: string;
}

/** A button of a card; one that needs more asks for it in a card of its own. */
export type Button =
  | { type: 'Action.Submit'; title: string; data: ButtonData }
  | { type: 'Action.ShowCard'; title: string; card: { type: 'AdaptiveCard'; body: Block[]; actions: Button[] } };

/** Something to fill in; the label is read aloud, and the message tells what is missing. */
export type Input =
  | {
      type: 'Input.ChoiceSet';
      id: string;
      label: string;
      style: 'compact' | 'expanded';
      choices: { title: string; value: string }[];
      placeholder: string;
      isRequired: true;
      errorMessage: string;
    }
  | { type: 'Input.Text'; id: string; label: string; isMultiline: true; maxLength: number }
  | {
      type: 'Input.Text';
      id: string;
      label: string;
      isMultiline: true;
      maxLength: number;
      isRequired: true;
      errorMessage: string;
    }
  | {
      type: 'Input.Text';
      id: string;
      label: string;
      isMultiline?: false;
      maxLength: number;
      isRequired?: true;
      errorMessage?: string;
    }
  | {
      type: 'Input.Date';
      id: string;
      label: string;
      value: string;
      max: string;
      isRequired: true;
      errorMessage: string;
    }
  | {
      type: 'Input.ChoiceSet';
      id: string;
      label: string;
      style: 'compact';
      choices: { title: string; value: string }[];
      placeholder: string;
      value?: string;
    }
  | { type: 'Input.Date'; id: string; label: string }
  | { type: 'Input.Toggle'; id: string; title: string; value: 'false'; valueOn: 'true'; valueOff: 'false' };

/** Makes a button as our own pages take it; for Teams each becomes an `Action.Execute` of the same data. */
export function button(title: string, data: ButtonData): Button {
  return { type: 'Action.Submit', title, data };
}

/** Makes a button that opens a form; the form's own button sends it. */
export function formButton(title: string, body: Block[], send: Button): Button {
  return { type: 'Action.ShowCard', title, card: { type: 'AdaptiveCard', body, actions: [send] } };
}
