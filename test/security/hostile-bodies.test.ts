import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { expect } from 'chai';
import { type Incoming, incomingSchema } from '../../src/bot/activity.ts';
import { channelActivitySchema } from '../../src/channels/azure/channel-activity.ts';
import { readIncoming } from '../../src/channels/directline/read-incoming.ts';
import { PolkuError } from '../../src/errors.ts';
import { readJson } from '../../src/http/read-json.ts';
import { seeded } from '../support/faults.ts';
import { amount, seed, tellRow } from '../support/row.ts';

const dangerous = ['__proto__', 'constructor', 'prototype'];
const names = [
  ...dangerous,
  ...['type', 'text', 'value', 'name', 'id', 'from', 'channelData', 'clientActivityID', 'flow', 'question', 'locale'],
  ...['act', 'about', 'collection', 'partition', 'mark', 'recipient', 'conversation', 'serviceUrl', 'channelId'],
  ...['polluted', 'isAdmin', 'coach', 'client', 'expiresAt', 'toString', 'hasOwnProperty', '', '0', 'length'],
];
const leaves = [
  ...['"message"', '"event"', '"webchat/join"', '"x"', '""', '"__proto__"', '"clients"', '"take"', '"fi"'],
  ...['null', 'true', '0', '-1', '1e999', '9007199254740993', '[]', '{}', '[[]]', '"\\u0000"', '"\\ud800"'],
];

/** Writes JSON by hand, since no object holds a name twice or has `__proto__` as its own. */
function writer(random: () => number) {
  const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!;
  function object(depth: number): string {
    const fields = Array.from({ length: Math.floor(random() * 7) }, () => `"${one(names)}":${value(depth - 1)}`);
    // The same name again, with another value.
    if (random() < 0.3 && fields[0]) fields.push(`${fields[0].slice(0, fields[0].indexOf(':'))}:${value(depth - 1)}`);
    return `{${fields.join(',')}}`;
  }
  function value(depth: number): string {
    if (depth <= 0 || random() < 0.4) return one(leaves);
    return random() < 0.2 ? `[${value(depth - 1)},${value(depth - 1)}]` : object(depth);
  }
  return () => {
    const deep = random() < 0.02 ? `${'{"a":['.repeat(40)}1${']}'.repeat(40)}` : value(4);
    // Most are nearly right, so that they come further than the first check.
    const right = random() < 0.7 ? `"type":${one(['"message"', '"event"'])},` : '';
    return `{${right}"value":${deep},"text":${value(1)},"channelData":${object(2)},${object(3).slice(1)}`.replace(
      /,}$/,
      '}',
    );
  };
}

function request(body: string): IncomingMessage {
  const parts = { headers: {}, complete: true };
  return Object.assign(Readable.from([Buffer.from(body)]), parts) as unknown as IncomingMessage;
}

/** Every name of a value and all in it. */
function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return [...Object.getOwnPropertyNames(value), ...Object.values(value).flatMap(namesIn)];
}

const prototypes = [Object, Array, Function, String, Number, Boolean, Map, Set, Promise, Date, RegExp, Error];
const shapes = () => JSON.stringify(prototypes.map((one) => Object.getOwnPropertyNames(one.prototype)));

describe('S7 Hostile bodies', function () {
  this.timeout(600_000);

  it('change no prototype, and bring in nothing that is not read', async () => {
    const before = shapes();
    const random = seeded(seed);
    const body = writer(random);
    const bodies = amount(20_000, 100_000);
    const known = Object.keys(incomingSchema.shape);
    let taken = 0;
    for (let n = 0; n < bodies; n++) {
      const text = body();
      let incoming: Incoming | undefined;
      try {
        incoming = await readIncoming(request(text));
      } catch (error) {
        expect(error, text).to.be.instanceOf(PolkuError);
      }
      if (incoming) {
        taken++;
        expect(known, text).to.include.members(Object.keys(incoming));
        const { value, channelData = {}, ...rest } = incoming;
        const all = namesIn(value);
        expect(
          all.filter((name) => dangerous.includes(name)),
          text,
        ).to.deep.equal([]);
        expect(['clientActivityID', 'flow', 'question'], text).to.include.members(Object.keys(channelData));
        expect(Object.getPrototypeOf(rest)).to.equal(Object.prototype);
      }
      const channel = channelActivitySchema.safeParse(await readJson(request(text)));
      if (channel.success) {
        expect(Object.keys(channelActivitySchema.shape)).to.include.members(Object.keys(channel.data));
      }
      expect(({} as Record<string, unknown>).polluted, text).to.equal(undefined);
    }
    expect(shapes()).to.equal(before);
    expect(taken, 'bodies that were taken').to.be.greaterThan(bodies / 10);
    tellRow(
      `S7 ${bodies} hostile bodies, ${taken} taken with nothing unread in them, 0 prototypes changed (seed ${seed})`,
    );
  });
});
