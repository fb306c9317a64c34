import type { Request, Response } from 'restify';
import { dateAt } from '../domain/appointments/wall-clock.ts';
import { panelists } from '../domain/clients/panel.ts';
import type { Documents } from '../domain/documents.ts';
import { monthsOf, quarterOf, readQuarter } from '../domain/figures/quarter.ts';
import { readMonth, sumOf } from '../domain/figures/read-figures.ts';
import type { Municipality } from '../domain/municipalities/pack.ts';
import { PolkuError } from '../errors.ts';
import type { Routes } from '../http/by-city.ts';
import { clientAddress } from '../http/client-address.ts';
import { makeLimit } from '../http/rate-limit.ts';
import { readForm } from '../http/read-form.ts';
import type { Translator } from '../i18n/translator.ts';
import { quiet, quietStyle, sendQuiet, tellingTrouble } from '../web/quiet-page.ts';
import { reportCsv } from './csv.ts';
import { keyPage, reportPage, styleAddress } from './page.ts';
import { makeGate } from './pass.ts';
import { monitoringReader } from './reader.ts';
import { makeReport, type Report } from './report.ts';

/** What the monitoring page of a city works with. */
export interface MonitoringParts {
  documents: Pick<Documents, 'list' | 'get'>;
  municipality: Municipality;
  t: Translator;
  /** At least 32 characters; absent: everybody may look, as in a demo on one's own machine. */
  key?: string;
  /** Epoch milliseconds. */
  now: () => number;
  /** Proxies in front of the server, for limits by address. */
  proxies: number;
}

/** Tries of a key from one address, and requests of the page. */
const tries = { burst: 10, perSecond: 0.1 };
const requests = { burst: 60, perSecond: 1 };

/** Routes of the monitoring page: a form for the key, and behind it the page and its download for an hour. No cookie. */
export function monitoringRoutes(parts: MonitoringParts): (routes: Routes) => void {
  const { documents, municipality, t, key, now, proxies } = parts;
  const { slug, zone } = municipality;
  const gate = makeGate(key, slug, now);
  const limitTries = makeLimit(tries, now);
  const limit = makeLimit(requests, now);
  const today = () => dateAt(now(), zone);
  const reader = (request: Request) => monitoringReader(query(request).get('lang') ?? '', t, municipality);

  async function report(request: Request): Promise<Report> {
    const current = quarterOf(today());
    const asked = readQuarter(query(request).get('quarter') ?? '') ?? current;
    const quarter = asked > current ? current : asked;
    const months = await Promise.all(monthsOf(quarter).map((month) => readMonth(documents, slug, month)));
    const panel = municipality.panel && (await panelists(documents, municipality)).length;
    const figures = { quarter, months, whole: sumOf(months), today: today() };
    return makeReport({ ...figures, ...(panel !== undefined && { panel }) }, reader(request));
  }

  async function ask(request: Request, response: Response): Promise<void> {
    if (key === undefined) return redirect(request, response);
    sendQuiet(response, 200, keyPage(reader(request)));
  }

  async function enter(request: Request, response: Response): Promise<void> {
    limitTries(clientAddress(request, proxies));
    const form = await readForm(request);
    if (!gate.isKey(form.get('key') ?? '')) return sendQuiet(response, 403, keyPage(reader(request), 'wrong'));
    redirect(request, response);
  }

  function redirect(request: Request, response: Response): void {
    const lang = query(request).get('lang');
    const rest = lang === null ? '' : `?lang=${encodeURIComponent(lang.slice(0, 10))}`;
    response.sendRaw(303, '', { Location: `/monitoring/${slug}/${gate.pass()}${rest}`, ...quiet });
  }

  async function show(request: Request, response: Response): Promise<void> {
    const base = `/monitoring/${slug}/${request.params.pass}`;
    sendQuiet(response, 200, reportPage(await report(request), quarterOf(today()), base, reader(request)));
  }

  async function download(request: Request, response: Response): Promise<void> {
    const found = await report(request);
    const name = `polku-${slug}-${found.quarter}.csv`;
    response.sendRaw(200, reportCsv(found, reader(request)), {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${name}"`,
      ...quiet,
    });
  }

  /** With a pass that does not open, there is no such page. */
  function behind(handle: (request: Request, response: Response) => Promise<void>) {
    return handling(async (request, response) => {
      if (!gate.opens(String(request.params.pass)))
        throw new PolkuError('notFound', 'There is nothing at this address.');
      await handle(request, response);
    });
  }

  function handling(handle: (request: Request, response: Response) => Promise<void>) {
    return tellingTrouble(
      async (request, response) => {
        const named = request.params.municipality as string | undefined;
        if (named !== undefined && named !== slug)
          throw new PolkuError('notFound', 'There is nothing at this address.');
        limit(clientAddress(request, proxies));
        await handle(request, response);
      },
      (request, trouble) => keyPage(reader(request), trouble),
    );
  }

  return (routes) => {
    routes.get(styleAddress, quietStyle('monitoring/monitoring.css'));
    routes.get(
      '/monitoring',
      handling(async (_request, response) => response.sendRaw(303, '', { Location: `/monitoring/${slug}`, ...quiet })),
    );
    routes.get('/monitoring/:municipality', handling(ask));
    routes.post('/monitoring/:municipality', handling(enter));
    routes.get('/monitoring/:municipality/:pass', behind(show));
    routes.get('/monitoring/:municipality/:pass/figures.csv', behind(download));
  };
}

function query(request: Request): URLSearchParams {
  return new URLSearchParams(request.getQuery());
}
