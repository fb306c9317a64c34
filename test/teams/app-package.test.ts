import { crc32, inflateSync } from 'node:zlib';
import { expect } from 'chai';
import { appIcon } from '../../src/teams/app-icons.ts';
import { packageFiles, packageZip } from '../../src/teams/app-package.ts';
import { porvoo } from '../support/coach-office.ts';

const parts = {
  folder: 'deploy/teams',
  appId: '5f0c6f0e-3a1b-4a58-9c39-0d6f6f1c2b7a',
  version: '1.0.0',
  municipality: porvoo,
};

/** Reads an archive by its directory, as every reader does. */
function unzip(archive: Buffer): Map<string, Buffer> {
  const end = archive.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const files = new Map<string, Buffer>();
  let at = archive.readUInt32LE(end + 16);
  for (let count = archive.readUInt16LE(end + 10); count > 0; count--) {
    const [sum, length, named] = [
      archive.readUInt32LE(at + 16),
      archive.readUInt32LE(at + 24),
      archive.readUInt16LE(at + 28),
    ];
    const local = archive.readUInt32LE(at + 42);
    const name = archive.toString('utf8', at + 46, at + 46 + named);
    const from = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const content = archive.subarray(from, from + length);
    expect(crc32(content), name).to.equal(sum);
    files.set(name, content);
    at += 46 + named;
  }
  return files;
}

describe('The app package for Teams', () => {
  it('holds what Teams asks for, in three languages', () => {
    const files = unzip(packageZip(packageFiles(parts)));
    expect([...files.keys()]).to.deep.equal(['manifest.json', 'sv.json', 'en.json', 'color.png', 'outline.png']);
    const manifest = JSON.parse(files.get('manifest.json')!.toString());
    expect(manifest.bots[0].botId).to.equal(parts.appId);
    for (const file of ['sv.json', 'en.json']) {
      const texts = Object.keys(JSON.parse(files.get(file)!.toString()));
      for (const [i] of manifest.bots[0].commandLists[0].commands.entries())
        expect(texts).to.include(`bots[0].commandLists[0].commands[${i}].title`);
    }
  });

  it('is refused with the repair when Teams would refuse it', () => {
    expect(() => packageFiles({ ...parts, appId: 'none' })).to.throw('bots.0.botId');
    const contact = { ...porvoo.contact, web: 'http://porvoo.example' };
    expect(() => packageFiles({ ...parts, municipality: { ...porvoo, contact } })).to.throw('developer.websiteUrl');
  });

  it('has the icons that the project draws', () => {
    const files = packageFiles(parts);
    expect(files.get('color.png')!.equals(appIcon(192, 'colour'))).to.equal(true);
    const outline = appIcon(32, 'outline');
    expect(files.get('outline.png')!.equals(outline)).to.equal(true);
    const at = outline.indexOf('IDAT');
    const pixels = inflateSync(outline.subarray(at + 4, at + 4 + outline.readUInt32BE(at - 4)));
    // White wherever there is anything.
    for (let i = 0; i < pixels.length; i++) if (i % 129 !== 0 && (i % 129) % 4 !== 0) expect(pixels[i]).to.equal(255);
  });
});
