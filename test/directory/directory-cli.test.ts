import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { fullService } from '../support/ptv-services.ts';

/** Tells what the process needed, when it ends. */
const meter = `data:text/javascript,process.on('exit',()=>console.error('peak',process.resourceUsage().maxRSS>>10,Math.round(performance.now())))`;

/** As `npm run directory` starts it: with little room for what is thrown away at once. */
const command = (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { directory: string } }).scripts
  .directory;
const [, ...starting] = command.split(' ');

describe('npm run directory', function () {
  // Each run is a process of its own.
  this.timeout(60_000);
  let dir: string;

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'packs-'));
    cpSync('deploy/municipalities/porvoo', join(dir, 'porvoo'), { recursive: true });
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  /** An entry of the pack that names a service of the catalogue, so that the snapshot is read as at the start. */
  function nameInPack(ptvId: string): void {
    const services = JSON.parse(readFileSync(join(dir, 'porvoo', 'services.json'), 'utf8')) as object[];
    writeFileSync(
      join(dir, 'porvoo', 'services.json'),
      JSON.stringify([{ ...services[0], ptvId }, ...services.slice(1)]),
    );
  }

  function run(...args: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', meter, ...starting, ...args], {
      env: { PATH: process.env.PATH, MUNICIPALITIES_DIR: dir },
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    const [, megabytes, milliseconds] = /peak (\d+) (\d+)/.exec(stderr) ?? [];
    return { status, stdout, stderr, megabytes: Number(megabytes), milliseconds: Number(milliseconds) };
  }

  it('imports 5,000 services of the real size within 300 MB', () => {
    const saved = join(dir, 'saved.json');
    writeFileSync(saved, manyServices(5_000));
    nameInPack('00000000-0000-4000-8000-000000004999');
    const size = Math.round(statSync(saved).size / 1e6);
    for (const changes of ['5000 new, 0 changed, 0 gone', '0 new, 0 changed, 0 gone']) {
      const { status, stdout, stderr, megabytes, milliseconds } = run('import-ptv', saved, '--municipality', '638');
      expect(status, stderr).to.equal(0);
      for (const told of ['Read 5000 services, kept 5000.', changes, 'The pack is whole'])
        expect(stdout).to.include(told);
      const seconds = (milliseconds / 1000).toFixed(1);
      console.log(`      PTV import: 5,000 services, ${size} MB, ${changes}: ${seconds} s, peak ${megabytes} MB`);
      expect(megabytes).to.be.below(300);
    }
    expect(JSON.parse(readFileSync(join(dir, 'porvoo', 'ptv.json'), 'utf8')).services).to.have.length(5_000);
  });

  it('exports the directory in one language', () => {
    const out = join(dir, 'services-sv.json');
    const { status, stderr } = run('export-hsds', '--language', 'sv', '--pack', 'porvoo', '--out', out);
    expect(status, stderr).to.equal(0);
    expect(JSON.parse(readFileSync(out, 'utf8')).contents[0].name).to.equal('Jobbsökargrupp');
    expect(JSON.parse(run('export-hsds', '--language', 'fi', '--municipality', '638').stdout).empty).to.equal(false);
  });

  it('tells what is wrong with what it was given, and fails', () => {
    for (const [args, told] of [
      [[], /Usage:/],
      [['import-ptv', 'x.json'], /Usage:/],
      [['import-ptv', 'x.json', '--municipality', '999'], /There is no pack "999" .* There is: porvoo \(638\)/],
      [['import-ptv', 'x.json', '--municipality', '638'], /x\.json cannot be read \(ENOENT\)/],
      [['export-hsds', '--language', 'xx', '--pack', 'porvoo'], /no language "xx"\. Choose one of fi, sv, en/],
      [['export-hsds', '--tongue', 'fi'], /tongue/],
    ] as const) {
      const { status, stderr } = run(...args);
      expect(status).to.equal(1);
      expect(stderr)
        .to.match(told)
        .and.not.match(/\n {4}at /);
    }
  });
});

/** A list as the interface gives it: long texts, and areas of many municipalities with names in three languages. */
function manyServices(count: number): string {
  const name = ['fi', 'sv', 'en'].map((language) => ({ language, value: `Kunta ${language}` }));
  const codes = Array.from({ length: 20 }, (_, index) => String(600 + 2 * index));
  const municipalities = codes.map((code) => ({ code, name }));
  const long = 'Palvelu auttaa työnhaussa – ja arjessa. '.repeat(40);
  const serviceDescriptions = ['fi', 'sv', 'en'].flatMap((language) => [
    { language, value: long, type: 'Description' },
    { language, value: 'Apua työnhakuun.', type: 'Summary' },
    { language, value: null, type: 'DeadLine' },
  ]);
  const areas = [
    { type: 'BusinessRegions', code: '1', name, municipalities: [...municipalities, { code: '638', name }] },
  ];
  const model = JSON.stringify(fullService(0, { serviceDescriptions, areas }), undefined, 2);
  const services = Array.from({ length: count }, (_, number) => {
    return model.replace('8000-000000000000', `8000-${String(number).padStart(12, '0')}`);
  });
  return `{"pageNumber":1,"pageSize":${count},"pageCount":1,"itemList":[${services.join(',\n')}]}`;
}
