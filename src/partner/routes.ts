import { DateTime } from 'luxon';
import type { Request, Response } from 'restify';
import { placesTold, tellPlaces } from '../domain/directory/places.ts';
import type { Documents } from '../domain/documents.ts';
import { maskIdentityCodes } from '../domain/identity-code.ts';
import type { Municipality } from '../domain/municipalities/pack.ts';
import { askNewLink, openLink } from '../domain/referrals/links.ts';
import { answerAsPartner } from '../domain/referrals/partner.ts';
import type { Referral } from '../domain/referrals/referral.ts';
import type { Routes } from '../http/by-city.ts';
import { clientAddress } from '../http/client-address.ts';
import { makeLimit } from '../http/rate-limit.ts';
import { readForm } from '../http/read-form.ts';
import type { Translator } from '../i18n/translator.ts';
import { type Timers, wait } from '../timers.ts';
import { quiet, quietStyle, sendQuiet, tellingTrouble } from '../web/quiet-page.ts';
import { readAnswerForm } from './answer-form.ts';
import type { Refused } from './forms.ts';
import { partnerReader, styleAddress } from './layout.ts';
import { deadPage, partnerPage, plainPage, type Said } from './page.ts';

/** What the partner's page works with. */
export interface PartnerParts {
  documents: Documents;
  municipality: Municipality;
  t: Translator;
  /** Epoch milliseconds. */
  now: () => number;
  timers: Timers;
  /** Proxies in front of the server, for limits by address. */
  proxies: number;
  /** Called after an answer was kept, so that its news go out at once. */
  committed(): void;
}

/** Requests of one address; attempts at links that open nothing are counted apart and are fewer. */
const requests = { burst: 150, perSecond: 2 };
const misses = { burst: 30, perSecond: 0.2 };
/** Asking for a new link takes this long at least, in milliseconds, so that the time tells nothing of the link. */
const renewTakes = 300;

/** Routes of the partner's page: GET shows and changes nothing, POST acts. */
export function partnerRoutes(parts: PartnerParts): (routes: Routes) => void {
  const { documents, municipality, t, now, timers, proxies } = parts;
  const limit = makeLimit(requests, now);
  const limitMisses = makeLimit(misses, now);
  const moment = () => DateTime.fromMillis(now(), { zone: municipality.zone });

  async function show(request: Request, response: Response, token: string): Promise<void> {
    const opened = await openLink(documents, token, now());
    if (!opened?.live) return sendDead(request, response);
    await sendPage(request, response, 200, opened.referral, { said: saidIn(request) });
  }

  async function act(request: Request, response: Response, token: string): Promise<void> {
    const form = await readForm(request);
    const opened = await openLink(documents, token, now());
    if (form.get('act') === 'renew') {
      if (opened?.live) return redirect(response, request, token);
      limitMisses(clientAddress(request, proxies));
      await Promise.all([askNewLink(documents, token, moment()), wait(timers, renewTakes)]);
      parts.committed();
      return redirect(response, request, token, 'asked');
    }
    if (!opened?.live) return sendDead(request, response);
    const { referral } = opened;
    const read = readAnswerForm(form, reader(request, referral).language, moment());
    if ('wrong' in read) {
      const refused = { act: form.get('act') ?? '', wrong: read.wrong, filled: form };
      return sendPage(request, response, 422, referral, { refused });
    }
    if ('places' in read) {
      await tellPlaces({ documents, municipality, now: moment() }, referral.service, read.places);
      return redirect(response, request, token, 'places');
    }
    if ('other' in read) return redirect(response, request, token, 'old');
    const { what } = await answerAsPartner({ documents, municipality, now: moment() }, token, read.answer);
    if (what === 'dead') return sendDead(request, response);
    parts.committed();
    const { masked } = maskIdentityCodes(read.answer.words ?? '');
    redirect(response, request, token, what, what === 'done' && masked);
  }

  function sendDead(request: Request, response: Response): void {
    limitMisses(clientAddress(request, proxies));
    const asked = query(request).get('said') === 'asked';
    sendQuiet(response, 404, deadPage(reader(request), asked));
  }

  async function sendPage(
    request: Request,
    response: Response,
    status: number,
    referral: Referral,
    more: { said?: Said; refused?: Refused },
  ): Promise<void> {
    const told = await placesTold(documents, municipality, referral.service);
    const written = municipality.services.find(({ id }) => id === referral.service)?.placesLeft;
    const placesLeft = told?.left ?? written;
    const page = { referral, reader: reader(request, referral), now: moment(), ...more };
    sendQuiet(response, status, partnerPage({ ...page, ...(placesLeft !== undefined && { placesLeft }) }));
  }

  /** The language asked for in the address, else that of the partner, else that of the city. */
  function reader(request: Request, referral?: Pick<Referral, 'service'>) {
    const asked = query(request).get('lang');
    const own = municipality.services.find(({ id }) => id === referral?.service)?.referral?.language;
    const known = asked !== null && t.languages.includes(asked) ? asked : undefined;
    return partnerReader(known ?? own ?? municipality.languages[0]!, t, municipality);
  }

  function handling(handle: (request: Request, response: Response, token: string) => Promise<void>) {
    return tellingTrouble(
      async (request, response) => {
        limit(clientAddress(request, proxies));
        await handle(request, response, String(request.params.token));
      },
      (request, trouble) => plainPage(reader(request), trouble),
    );
  }

  return (routes) => {
    routes.get(styleAddress, quietStyle('partner/partner.css'));
    // Where several cities are served, the link names its own.
    for (const path of ['/partner/:token', '/partner/:municipality/:token']) {
      routes.get(path, handling(show));
      routes.post(path, handling(act));
    }
  };
}

function query(request: Request): URLSearchParams {
  return new URLSearchParams(request.getQuery());
}

function saidIn(request: Request): Said | undefined {
  const said = query(request).get('said');
  const masked = query(request).has('masked');
  return said === 'done' || said === 'old' || said === 'places' ? { what: said, masked } : undefined;
}

/** Back to the page by GET, so that reloading it sends nothing again. */
function redirect(response: Response, request: Request, token: string, said?: string, masked = false): void {
  const lang = query(request).get('lang');
  const told = new URLSearchParams({
    ...(lang !== null && { lang: lang.slice(0, 10) }),
    ...(said && { said }),
    ...(masked && { masked: '1' }),
  });
  const { municipality } = request.params as { municipality?: string };
  const path = [municipality, token].filter((part) => part !== undefined).map(encodeURIComponent);
  response.sendRaw(303, '', { Location: `/partner/${path.join('/')}?${told}`, ...quiet });
}
