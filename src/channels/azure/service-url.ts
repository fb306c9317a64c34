/** Hosts of the Bot Framework in the public cloud; `trafficmanager.net` itself gives names to anybody. */
const teams = 'smba.trafficmanager.net';
const botFramework = /^(?:[a-z0-9-]+\.)*botframework\.com$/;
const loopback = new Set(['127.0.0.1', '[::1]', 'localhost']);

/**
 * Tells whether replies may be sent to the address that an activity names: a host of the Bot Framework over https, or,
 * for development without authentication, this machine and nothing else.
 */
export function isServiceUrl(address: string, auth: 'azure' | 'none'): boolean {
  const url = URL.parse(address);
  // A backslash or a control character is read one way by us and another way by somebody else.
  if (!url || /[\\\p{Cc}\s]/u.test(address) || url.username || url.password || url.hash || url.search) return false;
  if (auth === 'none') return /^https?:$/.test(url.protocol) && loopback.has(url.hostname);
  if (url.protocol !== 'https:' || url.port !== '') return false;
  return url.hostname === teams || botFramework.test(url.hostname);
}
