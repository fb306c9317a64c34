import type { Request } from 'restify';
import { z } from 'zod';
import { PolkuError } from '../../errors.ts';
import { Answer, answering } from '../../http/answer.ts';
import type { Routes } from '../../http/by-city.ts';
import { readBody } from '../../http/read-json.ts';
import type { DirectLineContext } from './direct-line.ts';
import { gone } from './refusals.ts';
import { type Claims, tokenSeconds } from './tokens.ts';

const beginning = z.object({ locale: z.string().max(35).optional().catch(undefined) });

/** Routes that start a conversation and connect to it again. */
export function conversationRoutes(server: Routes, context: DirectLineContext): void {
  const { conversations, tokens, origins } = context;

  async function connection(request: Request, claims: Claims, watermark: number) {
    const { exp: _, ...holder } = claims;
    return {
      conversationId: claims.conv,
      token: await tokens.issue(holder),
      expires_in: tokenSeconds,
      streamUrl: await context.streamUrl(request, holder, watermark),
    };
  }

  server.post(
    '/v3/directline/conversations',
    answering(async (request) => {
      const claims = await context.holder(request);
      context.limitTokens(request);
      origins.checkSame(claims.origin, request);
      const { locale } = await readBody(beginning, request);
      await conversations.start({
        conversationId: claims.conv,
        userId: claims.user,
        language: locale ?? claims.language,
        coach: claims.coach,
      });
      return new Answer(201, await connection(request, claims, 0));
    }),
  );

  server.get(
    '/v3/directline/conversations/:id',
    answering(async (request) => {
      const claims = await context.holderHere(request);
      context.limitTokens(request);
      origins.checkSame(claims.origin, request);
      const watermark = watermarkOf(request.getQuery());
      if (!(await conversations.exists(claims.conv))) throw gone();
      return connection(request, claims, watermark);
    }),
  );
}

/** Reads `watermark` of a query; none, empty and `-` mean from the start. Throws `badRequest`. */
export function watermarkOf(query: string | undefined): number {
  const given = new URLSearchParams(query ?? '').get('watermark') ?? '';
  if (given === '' || given === '-') return 0;
  if (!/^\d{1,9}$/.test(given)) throw new PolkuError('badRequest', 'The watermark is the one that was last received.');
  return Number(given);
}
