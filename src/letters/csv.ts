import { PolkuError } from '../errors.ts';

/** A row of a table; `line` is where it begins in the file. */
export interface Row {
  line: number;
  cells: string[];
}

/**
 * Reads a table as spreadsheets save it: UTF-8 with or without a byte order mark, semicolons, commas or tabs, quotes
 * around cells that hold them or a line break. Empty lines are passed over. Throws `badRequest` with what to repair.
 */
export function readCsv(bytes: Uint8Array): Row[] {
  const text = decode(bytes);
  const [head = ''] = text.split(/\r\n|\n|\r/, 1);
  const separator = [';', '\t', ','].find((one) => head.includes(one)) ?? ';';
  const rows: Row[] = [];
  let cells: string[] = [];
  let cell = '';
  let quotedSince = 0;
  let line = 1;
  let firstLine = 1;

  function endRow(): void {
    cells.push(cell.trim());
    if (cells.some((one) => one !== '')) rows.push({ line: firstLine, cells });
    [cells, cell] = [[], ''];
  }

  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!;
    const isBreak = sign === '\n' || (sign === '\r' && text[at + 1] !== '\n');
    if (isBreak) line++;
    if (quotedSince > 0) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') cell += text[++at];
      else quotedSince = 0;
    } else if (sign === '"' && cell.trim() === '') [cell, quotedSince] = ['', line];
    else if (sign === separator) [cells, cell] = [[...cells, cell.trim()], ''];
    else if (isBreak) {
      endRow();
      firstLine = line;
    } else if (sign !== '\r') cell += sign;
  }
  if (quotedSince > 0) throw new PolkuError('badRequest', `line ${quotedSince}: a quote " begins and never ends`);
  endRow();
  return rows;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    const repair = 'Save the table as “CSV UTF-8”.';
    throw new PolkuError(
      'badRequest',
      `The file is not in UTF-8, so that å, ä and ö would be lost. ${repair}`,
      {},
      error,
    );
  }
}
