import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect } from 'chai';

const files = ['src', 'dialogs', 'test'].flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(root, file)),
);
const source = files.filter((file) => !file.startsWith('test') && !file.endsWith('.d.ts'));

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const found = [
    ...text.matchAll(/(?:^|\n)\s*(?:import|export)[^;'"]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g),
  ];
  return found.map(([, name, lazy]) => {
    const target = (name ?? lazy)!;
    return target.startsWith('.') ? normalize(join(dirname(file), target)) : target;
  });
}

/** Who may import what: a file outside the list of its room is a leak between rooms. */
const rooms: { files: RegExp; may: RegExp; why: string }[] = [
  {
    files: /^src\/domain\//,
    may: /^(luxon|zod|src\/domain\/.*|src\/errors\.ts|node:crypto)$/,
    why: 'the domain is true at a counter with a form as well: it knows no server, no store and no chat',
  },
  {
    files: /^dialogs\/(?!engine\/).+\.ts$/,
    may: /^(luxon|zod|src\/domain\/.*|src\/errors\.ts|src\/i18n\/.*|dialogs\/.*)$/,
    why: 'a flow asks the world only through dialogs/services.ts',
  },
  {
    files: /^dialogs\/engine\//,
    may: /^(luxon|zod|fastest-levenshtein|src\/domain\/.*|src\/errors\.ts|src\/i18n\/.*|dialogs\/engine\/.*|dialogs\/services\.ts)$/,
    why: 'the engine runs any flow and learns no trick for one of them',
  },
  {
    files: /^src\/(?!service\.ts|client-turns\.ts|coach-side\.ts|(?:coach-)?world\.ts|domain\/)/,
    may: /^(?!dialogs\/)/,
    why: 'only src/service.ts, the sides of a talk and the worlds know both the conversation and the parts of the server',
  },
  {
    files: /^(?!src\/(bot|channels|teams)\/|src\/notify\/teams\.ts)/,
    may: /^(?!botbuilder|botframework)/,
    why: 'the Bot Framework SDK is archived and treated as a device driver of the channels',
  },
];

describe('The house', () => {
  it('keeps its rooms apart', () => {
    const leaks = rooms.flatMap(({ files: room, may, why }) =>
      source
        .filter((file) => room.test(file))
        .flatMap((file) =>
          importsOf(file)
            .filter((name) => !may.test(name))
            .map((name) => `${file} imports ${name}: ${why}`),
        ),
    );
    expect(leaks).to.deep.equal([]);
  });

  it('has small files with plain names', () => {
    const long = files.filter((file) => readFileSync(file, 'utf8').split('\n').length > 301);
    expect(long, 'over 300 lines: divide it').to.deep.equal([]);
    const vague = files.filter((file) => /(^|\/|-)(utils?|helpers?|common|base|manager)(\.|\/|-)/.test(file));
    expect(vague, 'names that say nothing').to.deep.equal([]);
    const oddly = files.filter((file) => !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(file.split('/').at(-1)!));
    expect(oddly, 'files are named in kebab-case').to.deep.equal([]);
  });

  it('reads the environment in one file only', () => {
    const readers = source.filter((file) => /process\.env\b/.test(readFileSync(file, 'utf8')));
    // What is started hands it to src/config.ts.
    const started = /^src\/(index|\w+-cli)\.ts$/;
    expect(readers.filter((file) => file !== 'src/config.ts' && !started.test(file))).to.deep.equal([]);
  });

  it('says of every exported symbol what it is for', () => {
    const silent = source.flatMap((file) => {
      const lines = readFileSync(file, 'utf8').split('\n');
      return lines.flatMap((line, i) => {
        const exported = /^export (?:async )?(?:function|const|interface|class) (\w+)/.exec(line);
        if (!exported) return [];
        const before = lines[i - 1] ?? '';
        return before.trim().endsWith('*/') ? [] : [`${file}: ${exported[1]}`];
      });
    });
    expect(silent).to.deep.equal([]);
  });
});
