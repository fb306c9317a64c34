import { expect } from 'chai';
import { loadMunicipality } from '../../src/municipalities/load.ts';
import { html } from '../../src/web/html.ts';
import { hoursIn, knownAddresses, readWebTexts } from '../../src/web/texts.ts';

describe('The texts of the web', () => {
  const texts = readWebTexts('locales');

  it('tell opening hours as each language writes them', () => {
    const hours = [
      { days: ['mon' as const, 'tue' as const, 'wed' as const], from: '09:00', to: '15:30' },
      { days: ['fri' as const], from: '10:00', to: '12:00' },
    ];
    const told = (language: string) => hoursIn(hours, language, texts[language]!);
    expect(told('fi')).to.deep.equal(['ma–ke klo 9.00–15.30', 'pe klo 10.00–12.00']);
    expect(told('sv')).to.deep.equal(['mån–ons kl. 9.00–15.30', 'fre kl. 10.00–12.00']);
    expect(told('en')).to.deep.equal(['Mon–Wed 09:00–15:30', 'Fri 10:00–12:00']);
  });

  it('know the addresses of the pack, and of no coach', () => {
    const pack = loadMunicipality('deploy/municipalities', 'porvoo');
    const known = knownAddresses(pack, 'locales');
    expect(known).to.include(pack.contact.phone);
    for (const service of pack.services) expect(known).to.include(service.contact.web.replace(/\/$/, ''));
    for (const coach of pack.coaches) expect(known).not.to.include(coach.email);
  });

  it('go into a page as text', () => {
    const evil = '<img src=x onerror=alert(1)>"\'&';
    expect(html`<p title="${evil}">${evil}${[evil]}</p>`.text).not.to.match(/<img|"'|'&(?!#)/);
  });
});
