/** A calendar file as a reader of RFC 5545 sees it: lines unfolded, each with its name, parameters and value. */
export interface CalendarLine {
  name: string;
  parameters: string;
  value: string;
}

/** Reads the lines; throws on a line that no reader would take. */
export function readCalendar(text: string): CalendarLine[] {
  if (!text.endsWith('\r\n')) throw new Error('the last line does not end');
  const physical = text.slice(0, -2).split('\r\n');
  for (const line of physical) {
    if (/[\r\n]/.test(line)) throw new Error(`a bare line break in: ${line}`);
    if (Buffer.byteLength(line) > 75) throw new Error(`longer than 75 octets: ${line}`);
  }
  return physical
    .join('\r\n')
    .replace(/\r\n[ \t]/g, '')
    .split('\r\n')
    .map((line) => {
      const parts = /^([A-Z-]+)((?:;[A-Z-]+=(?:"[^"]*"|[^";:,]*))*):(.*)$/su.exec(line);
      if (!parts) throw new Error(`not a line of a calendar: ${line}`);
      return { name: parts[1]!, parameters: parts[2]!, value: parts[3]! };
    });
}

/** Value of the first line of this name. */
export function textOf(lines: CalendarLine[], name: string): string | undefined {
  return lines.find((line) => line.name === name)?.value;
}

interface Observance {
  onset: number;
  from: number;
  to: number;
}

function asUtc(local: string): number {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z?$/.exec(local)!.map(Number);
  return Date.UTC(y!, mo! - 1, d!, h!, mi!, s!);
}

function offset(text: string): number {
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(3, 5));
  return (text[0] === '-' ? -minutes : minutes) * 60_000;
}

function observances(lines: CalendarLine[]): Observance[] {
  const found: Observance[] = [];
  lines.forEach(({ name, value }, index) => {
    if (name !== 'BEGIN' || (value !== 'STANDARD' && value !== 'DAYLIGHT')) return;
    const inside = lines.slice(index, index + 5);
    const from = offset(textOf(inside, 'TZOFFSETFROM')!);
    const to = offset(textOf(inside, 'TZOFFSETTO')!);
    found.push({ onset: asUtc(textOf(inside, 'DTSTART')!), from, to });
  });
  return found.sort((a, b) => a.onset - b.onset);
}

/** The moment (epoch milliseconds) of DTSTART or DTEND, worked out with the file's own VTIMEZONE and nothing else. */
export function momentOf(lines: CalendarLine[], name: 'DTSTART' | 'DTEND'): number {
  const event = lines.slice(lines.findIndex(({ value }) => value === 'VEVENT'));
  const { parameters, value } = event.find((line) => line.name === name)!;
  if (value.endsWith('Z')) return asUtc(value);
  const zone = textOf(lines, 'TZID');
  if (parameters !== `;TZID=${zone}`) throw new Error(`${name} names a zone that is not told: ${parameters}`);
  const local = asUtc(value);
  // An hour that is there twice means the first one (RFC 5545, 3.3.5): the new offset holds once it can hold no longer.
  const last = observances(lines).findLast(({ onset, from, to }) => local >= onset + Math.max(0, to - from));
  if (!last) throw new Error('before the first change that is told');
  return local - last.to;
}
