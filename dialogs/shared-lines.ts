import type { IntakeAnswers } from '../src/domain/clients/intake.ts';
import type { Intake } from '../src/domain/clients/path.ts';
import type { SharedField } from '../src/domain/municipalities/pack.ts';
import { languagesOf } from '../src/domain/municipalities/routing.ts';
import type { SharedLine } from '../src/domain/referrals/referral.ts';
import type { Text } from '../src/domain/text.ts';
import type { Services } from './services.ts';

/** Lines that can be asked of the person, whether or not the intake told them. */
const askable: readonly SharedField[] = ['name', 'phone', 'email', 'wish'];
/** The longest value on a button, in characters; the whole is told in the text. */
const shortest = 60;

/** The answers of a referral, as far as they decide what the partner sees. */
export interface Sharing {
  service: string;
  lines: string[];
  name?: string;
  phone?: string;
  email?: string;
  wish?: string;
  /** Lines that the intake told, and their values. */
  told: string[];
  values: Partial<Record<SharedField, unknown>>;
  /** Language of the intake's own words. */
  wordsIn?: string;
}

/** What the newest intake tells that a partner may be told as well. */
export function whatIsTold(intake: Intake | undefined): Pick<Sharing, 'told' | 'values' | 'wordsIn'> {
  const answers: Partial<IntakeAnswers> = intake?.answers ?? {};
  const { name, phone, email, education, lastWork, hinders } = answers;
  const spoken = languagesOf(answers);
  const values = Object.fromEntries(
    Object.entries({
      name,
      phone,
      email,
      language: spoken.length > 0 ? spoken : undefined,
      education: education === 'unknown' ? undefined : education,
      work: lastWork,
      hinders: hinders?.includes('none') ? undefined : hinders,
    }).filter(([, value]) => value !== undefined && value !== null),
  );
  return { told: Object.keys(values), values, ...(intake && { wordsIn: intake.language }) };
}

/** What the service may be told and is known or can be asked, in the order of the service. */
export function shareable({ service, told }: Sharing, { municipality }: Services): SharedField[] {
  const fields = municipality.services.find(({ id }) => id === service)?.referral?.fields ?? [];
  return fields.filter((field) => askable.includes(field) || field === 'language' || told.includes(field));
}

/** The value of a line: what was told now, else in the intake; undefined when it is still to be asked. */
function valueIn(field: SharedField, sharing: Sharing, { language }: Services): unknown {
  const asked = askable.includes(field) ? sharing[field as 'name' | 'phone' | 'email' | 'wish'] : undefined;
  return asked ?? sharing.values[field] ?? (field === 'language' ? [language] : undefined);
}

/** The ticked lines as the partner will get them. */
export function linesOf(sharing: Sharing, services: Services): SharedLine[] {
  return shareable(sharing, services)
    .filter((field) => sharing.lines.includes(field))
    .flatMap((field): SharedLine[] => {
      const value = valueIn(field, sharing, services);
      if (value === undefined) return [];
      if (field === 'wish') return [{ field, value, language: services.language }];
      if (field === 'work') return [{ field, value, language: sharing.wordsIn ?? services.language }];
      return [{ field, value }];
    });
}

/** A line in the person's words: its name and the very value, or that it will be asked. */
export function lineText(field: SharedField, sharing: Sharing, services: Services): Text {
  const value = valueIn(field, sharing, services);
  if (value === undefined) return { key: 'referral.lines.toAsk', with: { name: fieldName(field) } };
  return tellLine({ field, value });
}

/** A line in a list of what was ticked: what is asked on its own needs no value here. */
export function tickedText(field: SharedField, sharing: Sharing, services: Services): Text {
  const isAsked = askable.includes(field) && !sharing.told.includes(field);
  return isAsked ? fieldName(field) : lineText(field, sharing, services);
}

/** One line of a referral with its name. */
export function tellLine({ field, value }: SharedLine): Text {
  const values = (Array.isArray(value) ? value : [value]).map((one) => valueText(field, String(one)));
  return { key: 'engine.review.line', with: { name: fieldName(field), answer: { list: values } } };
}

function valueText(field: SharedField, value: string): Text {
  if (field === 'language') return { key: `intake.motherTongue.options.${value}` };
  if (field === 'education' || field === 'hinders') return { key: `intake.${field}.options.${value}` };
  return value;
}

/** The name of a line. */
export function fieldName(field: SharedField): Text {
  return { key: `referral.lines.options.${field}` };
}

/** The same line for a button: own words are cut. */
export function short(line: Text): Text {
  if (typeof line === 'string' || !('key' in line) || typeof line.key !== 'string') return line;
  const { answer, ...rest } = line.with as Record<string, Text>;
  const [only, ...more] = answer && typeof answer === 'object' && 'list' in answer ? (answer.list as Text[]) : [];
  if (typeof only !== 'string' || more.length > 0 || only.length <= shortest) return line;
  return { key: line.key, with: { ...rest, answer: `${only.slice(0, shortest)}…` } };
}
