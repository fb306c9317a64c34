import { mira } from '../support/answers.ts';
import type { Given } from '../support/conversation.ts';
import type { JourneyPage } from '../support/journey-page.ts';

/** What a person comes to do, from the menu to the menu; one person does them in this order. */
export interface Journey {
  name: string;
  go(chat: JourneyPage): Promise<void>;
}

/** A date some days ago as Finns write it. */
function daysAgo(days: number): string {
  const day = new Date(Date.now() - days * 86_400_000);
  return `${day.getDate()}.${day.getMonth() + 1}.${day.getFullYear()}`;
}

const answers: Record<string, Given> = { ...mira, searchStart: daysAgo(6) };
const details: Record<string, Given> = { interpreter: false, name: 'Mira', phone: '040 000 0001' };

async function move(chat: JourneyPage): Promise<void> {
  await chat.presses('my-path');
  await chat.pressesNth(0);
  await chat.presses('move');
  await chat.pressesNth(1);
  await chat.presses('submit');
}

/** The three jobs, and what may come after them. */
export const journeys: Journey[] = [
  {
    name: 'intake',
    async go(chat) {
      await chat.presses('intake');
      await chat.answers(answers);
      await chat.presses('submit');
    },
  },
  {
    name: 'booking',
    async go(chat) {
      await chat.presses('booking');
      await chat.answers({ topic: 'plan', kind: 'phone', phone: '040 000 0001' });
      await chat.pressesNth(0);
      await chat.answers(details);
      await chat.presses('submit');
    },
  },
  {
    name: 'referral',
    async go(chat) {
      await chat.presses('referral');
      await chat.answers({ needs: ['findWork'] });
      await chat.pressesNth(1);
      await chat.answers({ how: 'refer', lines: ['name', 'wish'] });
      await chat.answers({ ...details, wish: 'Mira Kukka', consent: 'send' });
      await chat.presses('submit');
    },
  },
  { name: 'moving a meeting', go: move },
  {
    name: 'own path',
    async go(chat) {
      await chat.presses('my-path');
      await chat.presses('told');
      await chat.back();
      await chat.presses('my-path');
      await chat.presses('copy');
    },
  },
  {
    name: 'contact',
    async go(chat) {
      await chat.back();
      await chat.presses('contact');
      await chat.answers({ how: 'call', phone: '040 000 0002', name: 'Mira', about: null });
      await chat.presses('submit');
    },
  },
  {
    name: 'erasing all',
    async go(chat) {
      await chat.presses('my-path');
      await chat.presses('erase');
      await chat.presses(true);
      await chat.presses(true);
    },
  },
];
