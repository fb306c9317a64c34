import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { PolkuError } from '../../errors.ts';
import { answering } from '../../http/answer.ts';
import type { Routes } from '../../http/by-city.ts';
import { readBody } from '../../http/read-json.ts';
import type { DirectLineContext } from './direct-line.ts';
import { bearer, type Holder, tokenSeconds } from './tokens.ts';

const language = z.string().max(35);
const city = z.string().max(100).optional();
const wish = z.object({
  /** Absent or empty: the first that is served. */
  municipality: city,
  language: language.optional(),
  /** The last token that the client had, expired or not: go on with its conversation. */
  resume: z.string().max(4096).optional(),
  coach: z.string().max(100).optional(),
});
const generation = z.object({
  municipality: city,
  user: z.object({ id: z.string().startsWith('dl_').max(100).optional() }).optional(),
  /** The one page that will use the token; it can renew it only from there. */
  trustedOrigins: z.array(z.url()).max(1).optional(),
});

/** Routes that give tokens: `POST /api/token` to pages, and those of Direct Line 3.0. */
export function tokenRoutes(server: Routes, context: DirectLineContext): void {
  const { tokens, origins, randomId } = context;

  async function given(holder: Holder) {
    return { token: await tokens.issue(holder), conversationId: holder.conv, expires_in: tokenSeconds };
  }

  function checkCity(named = ''): void {
    if (named === '' || named === (context.municipality ?? named)) return;
    throw new PolkuError('notFound', 'The chat of that city is not here.');
  }

  server.post(
    '/api/token',
    answering(async (request) => {
      const origin = origins.check(request);
      context.limitTokens(request);
      const { municipality, resume, coach, language } = await readBody(wish, request);
      checkCity(municipality);
      let holder: Holder;
      if (resume !== undefined) holder = await resumed(resume, request);
      else if (coach !== undefined) holder = coachHolder(coach, origin, language);
      else holder = { user: `dl_${randomId()}`, conv: randomId(), origin, language };
      const isNew = resume === undefined && coach === undefined;
      return {
        ...(await given(holder)),
        userId: holder.user,
        domain: `${origins.base(request)}/v3/directline`,
        // Whoever begins may open the stream without asking for its address first.
        ...(isNew && { streamUrl: await context.streamUrl(request, { ...holder, begins: true }, 0) }),
      };
    }),
  );

  server.post(
    '/v3/directline/tokens/generate',
    answering(async (request) => {
      context.limitTokens(request);
      if (!context.secret) {
        throw new PolkuError('notYours', 'Set DIRECT_LINE_SECRET to use this. Pages ask POST /api/token instead.');
      }
      if (!isSame(bearer(request.headers.authorization), context.secret)) {
        throw new PolkuError('badToken', 'The secret is not the one of DIRECT_LINE_SECRET.');
      }
      const { municipality, user, trustedOrigins } = await readBody(generation, request);
      checkCity(municipality);
      const origin = trustedOrigins?.[0] ? new URL(trustedOrigins[0]).origin : '';
      return given({ user: user?.id ?? `dl_${randomId()}`, conv: randomId(), origin });
    }),
  );

  server.post(
    '/v3/directline/tokens/refresh',
    answering(async (request) => {
      const { exp: _, ...holder } = await context.holder(request);
      context.limitTokens(request);
      origins.checkSame(holder.origin, request);
      return given(holder);
    }),
  );

  async function resumed(token: string, request: IncomingMessage): Promise<Holder> {
    const { exp: _, ...holder } = await tokens.recall(token);
    origins.checkSame(holder.origin, request);
    if (!(await context.conversations.exists(holder.conv))) {
      throw new PolkuError('notFound', 'That conversation is over. Ask again without `resume`.');
    }
    return holder;
  }

  function coachHolder(coach: string, origin: string, language?: string): Holder {
    if (!context.coaches) throw new PolkuError('notYours', "Coaches' inboxes are shown in demo mode only.");
    if (!context.coaches.includes(coach)) throw new PolkuError('notFound', 'There is no such coach.');
    return { user: `dl_coach-${coach}`, conv: `coach-${coach}`, origin, language, coach };
  }
}

function isSame(given: string, secret: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(secret));
}
