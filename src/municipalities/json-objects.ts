import { PolkuError } from '../errors.ts';

/** One object of a JSON text, and the line that it begins on. */
export interface FoundObject {
  text: string;
  line: number;
}

/** Takes a JSON text in pieces of any size; `end` throws when the text ends in the middle. */
export interface ObjectSplitter {
  /** The objects that the piece completes. */
  push(piece: Uint8Array): FoundObject[];
  end(): void;
}

const sign = (character: string) => character.charCodeAt(0);
const [quote, backslash, comma, newline] = [sign('"'), sign('\\'), sign(','), sign('\n')];
const [brace, bracket, braceEnd, bracketEnd] = [sign('{'), sign('['), sign('}'), sign(']')];
const spaces = [0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf];

/**
 * Takes a JSON text apart as it comes in, so that a file of any size needs the room of one object: the objects of a list,
 * those of the list with this name in an object, or the object itself when it has no such list; texts one after another
 * as well. What is inside an object is not looked at. Throws `badRequest` when the text is no JSON of objects.
 */
export function splitObjects(listName: string): ObjectSplitter {
  let line = 1;
  let depth = 0;
  let inString = false;
  let escaped = false;
  /** Depth inside the list whose objects are wanted; 0 while there is none. */
  let listDepth = 0;
  /** The last string at depth 1, which before a list is its name. */
  let name = '';
  /** What is being taken of a name or an object, in the pieces before this one. */
  let nameParts: Buffer[] | undefined;
  let parts: Buffer[] | undefined;
  let firstLine = 1;

  function push(piece: Uint8Array): FoundObject[] {
    const found: FoundObject[] = [];
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    let [start, nameStart] = [0, 0];
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (byte === newline) line++;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === backslash) escaped = true;
        else if (byte === quote) {
          inString = false;
          if (nameParts) name = textOf(nameParts, bytes, nameStart, at);
          nameParts = undefined;
        }
      } else if (byte === quote) {
        inString = true;
        if (depth === 1 && listDepth === 0) [nameParts, nameStart] = [[], at + 1];
      } else if (byte === brace || byte === bracket) {
        depth++;
        if (byte === bracket && listDepth === 0 && (depth === 1 || (depth === 2 && name === listName))) {
          listDepth = depth;
          parts = undefined;
        } else if (byte === brace && !parts && (depth === 1 || depth === listDepth + 1)) {
          [parts, start, firstLine] = [[], at, line];
        }
      } else if (byte === braceEnd || byte === bracketEnd) {
        depth--;
        if (parts && depth === listDepth) {
          found.push({ text: textOf(parts, bytes, start, at + 1), line: firstLine });
          parts = undefined;
        }
        if (depth < listDepth) [listDepth, name] = [0, ''];
        if (depth < 0) throw unlike(line);
      } else if (depth === 0 && !spaces.includes(byte) && byte !== comma) throw unlike(line);
    }
    // Copied: the room of the piece may be used again.
    parts?.push(Buffer.from(bytes.subarray(start)));
    nameParts?.push(Buffer.from(bytes.subarray(nameStart)));
    return found;
  }

  return {
    push,
    end() {
      if (depth === 0) return;
      throw new PolkuError('badRequest', `The text ends in the middle, on line ${line}. Save it anew, whole.`);
    },
  };
}

function textOf(before: Buffer[], bytes: Buffer, start: number, end: number): string {
  if (before.length === 0) return bytes.toString('utf8', start, end);
  return Buffer.concat([...before, bytes.subarray(start, end)]).toString();
}

function unlike(line: number): PolkuError {
  return new PolkuError('badRequest', `Line ${line} is no JSON of objects. Give what the interface answers, as it is.`);
}
