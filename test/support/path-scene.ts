import type { Activity } from '../../src/bot/activity.ts';
import type { Certificate } from '../../src/domain/clients/certificate.ts';
import type { IntakeAnswers } from '../../src/domain/clients/intake.ts';
import type { Client, ClientPath } from '../../src/domain/clients/path.ts';
import { readPath } from '../../src/domain/clients/read-path.ts';
import { submitIntake } from '../../src/domain/clients/submit-intake.ts';
import type { Documents } from '../../src/domain/documents.ts';
import type { CaseRef } from '../../src/domain/notices.ts';
import type { Block } from '../../src/teams/cards/blocks.ts';
import { cityOf } from './cities.ts';
import { cardOf } from './coach-office.ts';
import { CoachScene } from './coach-scene.ts';

/** The pack of Lieksa and Juuka. */
export const lieksa = cityOf('lieksa-juuka');
/** Its coach for people under 30. */
export const ilona = 'ilona-vaaranpuro';

/** A client of Lieksa and Juuka, and the coach whose case they are. */
export class PathScene extends CoachScene {
  constructor(documents?: Documents) {
    super(documents, lieksa);
  }

  /** The client opens the chat and has done the intake; the coach takes the case. */
  async begins(language = 'fi', told: Partial<IntakeAnswers> = {}): Promise<CaseRef> {
    await this.opens(language);
    return this.isTaken(told, 'intake');
  }

  /** The client sends an intake, and the coach takes it. */
  async isTaken(told: Partial<IntakeAnswers>, intent: string): Promise<CaseRef> {
    const answers = { area: 'lieksa', ageGroup: '18to24', motherTongue: 'fi', ...told } as const;
    const { intake } = await submitIntake(this.act(intent), answers);
    await this.relay.sweep();
    const about = { collection: 'clients', partition: intake.partition, id: intake.id } as const;
    await this.presses(ilona, 'take', about);
    return about;
  }

  async path(): Promise<ClientPath> {
    return readPath(this.documents, this.clientId);
  }

  async clientNow(): Promise<Client> {
    return (await this.path()).client!;
  }

  async certificates(): Promise<Certificate[]> {
    return (await this.path()).certificates;
  }

  /** What the client was told last, and the buttons under it. */
  async lastHeard(): Promise<{ texts: string[]; choices: string[] }> {
    const log = await this.clientLog();
    const from = log.findLastIndex(({ from }) => from.role === 'user') + 1;
    const said = log.slice(from);
    return {
      texts: said.map(({ text = '' }) => text),
      choices: said.at(-1)?.suggestedActions?.actions.map(({ value }) => value) ?? [],
    };
  }

  /** Everything that the case's card says to the coach, its columns and pictures too. */
  async cardSays(about: CaseRef): Promise<string> {
    return wordsOf(cardOf(await this.shows(ilona, about)).body).join('\n');
  }
}

/** Everything that blocks of a card say, a line each; a picture says its alternative. */
export function wordsOf(blocks: Block[]): string[] {
  return blocks.flatMap((block) => {
    if (block.type === 'ColumnSet') return block.columns.flatMap(({ items }) => wordsOf(items));
    if (block.type === 'Image') return [block.altText];
    if ('inlines' in block) return [block.inlines.map(({ text }) => text).join('')];
    return 'text' in block ? [block.text] : [];
  });
}

/** What the coach is answered to a press. */
export function answerOf(answers: Activity[]): string {
  return answers.flatMap(({ text }) => (text ? [text] : [])).join('\n');
}
