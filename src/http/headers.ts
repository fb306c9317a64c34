import type { IncomingMessage } from 'node:http';
import type { Origins } from './origins.ts';

/** Makes what tells the headers that every answer carries, whatever it is. */
export function makeSecurityHeaders(
  production: boolean,
  origins: Origins,
  framedBy: (request: IncomingMessage) => readonly string[] = () => origins.pages,
) {
  const start = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'";
  const end = "base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

  let last: { base: string; frames: readonly string[]; headers: Record<string, string> } | undefined;

  return (request: IncomingMessage): Record<string, string> => {
    const base = origins.base(request);
    const frames = framedBy(request);
    // Nearly every request is to the same host and city as the one before.
    if (last?.base !== base || last.frames !== frames) last = { base, frames, headers: headersOf(base, frames) };
    return last.headers;
  };

  function headersOf(base: string, frames: readonly string[]): Record<string, string> {
    const socket = base.replace(/^http/, 'ws');
    // Older Safari does not count a WebSocket of the same host as 'self'.
    const connect = isClean(socket) ? `connect-src 'self' ${socket}` : "connect-src 'self'";
    return {
      'Content-Security-Policy': [`${start}; ${connect}; ${end}`, ...frames].join(' '),
      'Referrer-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
      ...(production && { 'Strict-Transport-Security': 'max-age=31536000' }),
    };
  }
}

// The host comes from the caller; anything that could add a directive stays out.
function isClean(address: string): boolean {
  return /^wss?:\/\/[\w.:[\]-]+$/.test(address);
}

/** Headers that let a page of an allowed origin read the answer. */
export function corsHeaders(origin: string): Record<string, string> {
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Expose-Headers': 'Retry-After',
    Vary: 'Origin',
  };
}

/** Further headers of the answer to a browser's question before the request. */
export const preflightHeaders = {
  'Access-Control-Allow-Methods': 'GET, POST',
  'Access-Control-Allow-Headers': 'authorization, content-type, x-ms-bot-agent, x-requested-with',
  'Access-Control-Max-Age': '7200',
};
