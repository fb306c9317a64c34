import type { ConversationDocument, TranscriptDocument } from '../../src/bot/conversation-document.ts';
import type { CalendarDay } from '../../src/domain/appointments/appointment.ts';
import type { ContactRequest, Intake } from '../../src/domain/clients/path.ts';
import type { Document } from '../../src/domain/documents.ts';
import type { FigurePart } from '../../src/domain/figures/ledger.ts';
import { sumOf } from '../../src/domain/figures/read-figures.ts';
import type { Referral } from '../../src/domain/referrals/referral.ts';
import type { MemoryDocuments } from './memory-documents.ts';

/** What has come about in the world, without names that are made anew each time: two worlds can be compared by it. */
export interface WorldState {
  meetings: string[];
  intakes: unknown[];
  referrals: unknown[];
  contacts: unknown[];
  clients: number;
  /** Cards that coaches have got, by what they tell; each once. */
  news: string[];
  mails: string[];
  /** What the monitoring page counts, each once. */
  counted: string[];
  /** What should have been delivered by now, and confirmed turns that are not finished. */
  waiting: string[];
}

/** Looks at the final store, and at the mails that went out. */
export function worldState(store: MemoryDocuments, mails: Iterable<string>): WorldState {
  const kept = store.all('clients');
  const of = <D extends Document>(type: string) => kept.filter((one) => one.type === type) as D[];
  const days = store.all<CalendarDay>('calendars');
  const conversations = store.all<ConversationDocument>('conversations');
  const cards = [...conversations, ...store.all<TranscriptDocument>('transcripts')].flatMap((one) =>
    ('log' in one ? one.log : one.entries).flatMap(({ key }) =>
      key.startsWith('out:') ? [`${one.partition} ${key}`] : [],
    ),
  );
  const outboxes = [...kept, ...days].flatMap(({ outbox = [] }) =>
    outbox.filter(({ nextAt }) => nextAt <= store.now()).map(({ id }) => nameless(id)),
  );
  const pending = conversations.flatMap((one) => (one.pending ? ['a turn'] : []));
  return {
    meetings: days
      .flatMap(({ appointments }) => appointments)
      .map(({ coach, start, state, client }) => `${coach} ${start} ${state}${client === 'erased' ? ' erased' : ''}`)
      .sort(),
    intakes: of<Intake>('intake').map(({ answers, routing, meetBy }) => ({ answers, coach: routing.coach, meetBy })),
    referrals: of<Referral>('referral').map(({ service, state, lines, history }) => ({
      service,
      state,
      lines,
      history: history.map((one) => one.state),
    })),
    contacts: of<ContactRequest>('contact').map(({ phone, name, about, here }) => ({ phone, name, about, here })),
    clients: of('client').length,
    news: [...new Set(cards)].map(nameless).sort(),
    mails: [...mails].map(nameless).sort(),
    counted: Object.entries(sumOf(of<FigurePart>('figures')).counts)
      .map(([name, count]) => `${count} ${name}`)
      .sort(),
    waiting: [...outboxes, ...pending],
  };
}

const nameless = (id: string) => id.replace(/[0-9a-f]{32}/g, '…').replace(/-\d{13}$/, '');
