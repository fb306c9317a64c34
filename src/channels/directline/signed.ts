import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';

const header = Buffer.from('{"alg":"HS256"}').toString('base64url');

/** Signs what only this service reads again, as JWTs so that Direct Line clients can look into them. */
export interface Signer {
  sign(payload: Record<string, unknown>): string;
  /** The payload of a token that was signed here, however old; undefined for any other text. */
  open(token: string): Record<string, unknown> | undefined;
}

/**
 * Tokens with exactly our own header: no other algorithm, key or writing of a token is ever looked at. By the sync HMAC
 * of Node (5 µs), since a library's goes to another thread and back for every token.
 */
export function createSigner(secret: Uint8Array): Signer {
  const key = createSecretKey(secret);
  const signature = (signed: string) => createHmac('sha256', key).update(signed).digest();

  return {
    sign(payload) {
      const signed = `${header}.${Buffer.from(JSON.stringify(payload)).toString('base64url')}`;
      return `${signed}.${signature(signed).toString('base64url')}`;
    },
    open(token) {
      const [head, payload, given, ...more] = token.split('.');
      if (head !== header || !payload || !given || more.length > 0) return undefined;
      const bytes = Buffer.from(given, 'base64url');
      const right = signature(`${head}.${payload}`);
      // Base64 can write one signature in several ways; only the usual one is taken.
      const isUsual = bytes.toString('base64url') === given;
      if (!isUsual || bytes.length !== right.length || !timingSafeEqual(bytes, right)) return undefined;
      return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, unknown>;
    },
  };
}
