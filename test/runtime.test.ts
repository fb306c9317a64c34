import { expect } from 'chai';

describe('The runtime', () => {
  it('is Node 24 or later, because the code is TypeScript that Node runs as it is', () => {
    const [major = 0] = process.versions.node.split('.').map(Number);
    expect(
      major,
      `tests run on Node ${process.versions.node}: run them with "npm test" after "npm ci", which brings Node 24`,
    ).to.be.at.least(24);
  });
});
