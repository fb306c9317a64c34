import { expect } from 'chai';
import { createInterrupts } from '../../dialogs/interrupts.ts';
import { texts } from '../support/conversation.ts';

describe('Commands', () => {
  const interrupt = createInterrupts(texts);

  it('are found in every language, however they are written', () => {
    expect(interrupt('  TAKAISIN! ')).to.deep.equal({ command: 'back' });
    expect(interrupt('hjalp')).to.deep.equal({ command: 'help' });
    expect(interrupt('På svenska')).to.deep.equal({ command: 'speak', language: 'sv' });
  });

  it('are not found in a sentence that holds one', () => {
    expect(interrupt('en tiedä miten pääsen takaisin')).to.equal(undefined);
  });

  it('take a question mark for a call for help, but no other sign, and no silence', () => {
    expect(interrupt('?')).to.deep.equal({ command: 'help' });
    for (const sign of ['', ' ', '!', '🙂', '👍🏽👍🏽', '…', '-']) expect(interrupt(sign), sign).to.equal(undefined);
  });
});
