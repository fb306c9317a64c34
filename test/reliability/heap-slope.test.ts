import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from 'chai';
import type { HeapReport } from '../support/heap-slope.ts';
import { amount, tellRow } from '../support/row.ts';

const script = join(import.meta.dirname, '../support/heap-slope.ts');

describe('R13 A process that has turn after turn', function () {
  this.timeout(7_200_000);

  it('does not grow', async () => {
    const [conversations, samples, roundsEach] = [amount(20, 360), amount(20, 25), amount(3, 4)];
    const arguments_ = [conversations, 40, samples, roundsEach].map(String);
    const child = fork(script, arguments_, { execArgv: ['--expose-gc'] });
    const died = once(child, 'exit').then(([code]) => Promise.reject(new Error(`the process ended with ${code}`)));
    died.catch(() => undefined);
    const [report] = (await Promise.race([once(child, 'message'), died])) as [HeapReport];
    const { turns, slope, handles, heap, faults } = report;
    expect(faults).to.deep.equal([]);
    expect(slope, 'bytes of heap a turn').to.be.at.most(20);
    expect(handles[1], 'open handles').to.be.at.most(handles[0]);
    tellRow(
      `R13 ${turns} turns in ${conversations} conversations of one process: heap slope ${slope.toFixed(1)} B a turn, ${(heap / 1e6).toFixed(0)} MB of heap, handles ${handles[0]} → ${handles[1]}`,
    );
  });
});
