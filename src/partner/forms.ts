import type { DateTime } from 'luxon';
import { mostPlaces } from '../domain/directory/places.ts';
import { type ReferralState, refusalReasons } from '../domain/referrals/referral.ts';
import { nextStates } from '../domain/referrals/states.ts';
import { type Html, html } from '../web/html.ts';
import { daysToChoose, type Field, longestWords, type PartnerAct, partnerActs } from './answer-form.ts';
import type { PartnerReader } from './layout.ts';

/** A form that could not be taken: which one, what is wrong with it, and what was filled in. */
export interface Refused {
  act: string;
  wrong: Field[];
  filled: URLSearchParams;
}

/** What the forms are made for. */
export interface FormPage {
  reader: PartnerReader;
  state: ReferralState;
  /** Length of the history that the page shows. */
  seen: number;
  now: DateTime;
  /** First day that was agreed before. */
  startsOn?: string;
  refused?: Refused;
}

/** A form for everything that the partner can tell now, each behind its title; without script as well as with. */
export function answerForms(page: FormPage): Html {
  const open = nextStates(page.state, 'partner');
  const acts = (Object.keys(partnerActs) as PartnerAct[]).filter((act) => open.includes(act));
  return html`${acts.map((act) => answerForm(act, page))}`;
}

function answerForm(act: PartnerAct, page: FormPage): Html {
  const { reader, seen, refused } = page;
  const { say } = reader;
  const asked: Partial<Record<Field, 'needed' | 'optional'>> = partnerActs[act];
  const isRefused = refused?.act === act;
  return html`<details class="act"${isRefused && html` open`}>
<summary>${say(`partner.page.acts.${act}.title`)}</summary>
<form method="post" action="?lang=${reader.language}">
<input type="hidden" name="act" value="${act}"><input type="hidden" name="seen" value="${seen}">
${asked.startsOn && dayField(act, page)}
${asked.reason && reasonField(act, page)}
${asked.words && wordsField(act, asked.words === 'optional', page)}
<button>${say(`partner.page.acts.${act}.submit`)}</button>
</form>
</details>`;
}

function dayField(act: PartnerAct, page: FormPage): Html {
  const { first, last } = daysToChoose(page.now);
  const before = page.startsOn !== undefined && page.startsOn >= first ? page.startsOn : '';
  const value = filled(act, 'startsOn', page) ?? before;
  return field(act, 'startsOn', page.reader.say('partner.page.fields.startsOn'), page, (attributes) => {
    return html`<input type="date" name="startsOn" value="${value}" min="${first}" max="${last}" required ${attributes}>`;
  });
}

function reasonField(act: PartnerAct, page: FormPage): Html {
  const { say } = page.reader;
  const chosen = filled(act, 'reason', page);
  const options = refusalReasons.map((reason) => {
    return html`<option value="${reason}"${reason === chosen && html` selected`}>${say(`reasons.${reason}`)}</option>`;
  });
  return field(act, 'reason', say('partner.page.fields.reason'), page, (attributes) => {
    return html`<select name="reason" required ${attributes}><option value="">${say('partner.page.choose')}</option>${options}</select>`;
  });
}

function wordsField(act: PartnerAct, optional: boolean, page: FormPage): Html {
  const { say } = page.reader;
  const name = say(`partner.page.fields.${act === 'declined' ? 'words' : 'message'}`);
  const label = optional ? say('partner.page.optional', { label: name }) : name;
  const hint = `${say('partner.page.seenBy')} ${say('partner.page.noCode')}`;
  return field(
    act,
    'words',
    label,
    page,
    (attributes) => {
      return html`<textarea name="words" rows="4" maxlength="${longestWords}"${!optional && html` required`} ${attributes}>${filled(act, 'words', page)}</textarea>`;
    },
    hint,
  );
}

/** A label, a hint, what is wrong, and the control, tied together for those who do not see them. */
function field(
  act: string,
  name: Field,
  label: string,
  { reader, refused }: Pick<FormPage, 'reader' | 'refused'>,
  control: (attributes: Html) => Html,
  hint?: string,
): Html {
  const id = `${act}-${name}`;
  const isWrong = refused?.act === act && refused.wrong.includes(name);
  const described = [hint && `${id}-hint`, isWrong && `${id}-wrong`].filter(Boolean).join(' ');
  const attributes = html`id="${id}"${described !== '' && html` aria-describedby="${described}"`}${isWrong && html` aria-invalid="true"`}`;
  return html`<p class="field"><label for="${id}">${label}</label>
${hint && html`<span class="hint" id="${id}-hint">${hint}</span>`}
${isWrong && html`<span class="wrong" id="${id}-wrong">${reader.say(`partner.page.wrong.${name}`)}</span>`}
${control(attributes)}</p>`;
}

function filled(act: string, name: Field, { refused }: Pick<FormPage, 'refused'>): string | undefined {
  return refused?.act === act ? (refused.filled.get(name) ?? undefined) : undefined;
}

/** How many places are left in the service, and a form to tell it; `left` undefined: nobody has told. */
export function placesForm(left: number | undefined, page: Pick<FormPage, 'reader' | 'refused'>): Html {
  const { reader } = page;
  const { say } = reader;
  const known = left === undefined ? 'unknown' : left === 0 ? 'full' : 'left';
  const value = filled('places', 'left', page) ?? left;
  return html`<section aria-labelledby="places"><h2 id="places">${say('partner.page.places.title')}</h2>
<p>${say(`partner.page.places.${known}`, { places: left ?? 0 })}</p>
<form method="post" action="?lang=${reader.language}">
${field('places', 'left', say('partner.page.fields.left'), page, (attributes) => {
  return html`<input type="number" name="left" value="${value}" min="0" max="${mostPlaces}" inputmode="numeric" ${attributes}>`;
})}
<p class="row"><button name="act" value="places">${say('partner.page.places.save')}</button>
<button name="act" value="full" class="quiet">${say('partner.page.places.fullNow')}</button></p>
</form></section>`;
}

/** What could not be taken, with a link to each field; read out at once. */
export function refusal({ act, wrong }: Refused, { say }: PartnerReader): Html {
  return html`<div class="refused" role="alert"><h2>${say('partner.page.wrong.title')}</h2>
<ul>${wrong.map((name) => html`<li><a href="#${act}-${name}">${say(`partner.page.wrong.${name}`)}</a></li>`)}</ul></div>`;
}
