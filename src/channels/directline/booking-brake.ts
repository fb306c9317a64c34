import { BlockList, isIPv6 } from 'node:net';
import { hasCode, PolkuError } from '../../errors.ts';
import { makeLimit } from '../../http/rate-limit.ts';
import { makeRecent } from '../../recent.ts';

/** Keeps one source from holding a city's free times. What it knows of addresses is in this process's memory alone. */
export interface BookingBrake {
  /** A message of a conversation has come from an address. */
  heard(conversation: string, address: string): void;
  /** Counts a new appointment for the address of its conversation, each intent once; throws `tooManyFromHere`. */
  check(conversation: string | undefined, intent: string): void;
}

/** A coach has some sixty times on offer; of those of each, one address books so many at once, and again in a day: 2 %. */
const perCoach = 1.2;
/** Conversations and intents that are remembered; who is forgotten books freely. */
const remembered = 50_000;

/** Addresses inside a network: behind one is a proxy of ours or a city's office, and nobody can be told from another. */
const inside = new BlockList();
for (const [network, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  inside.addSubnet(network, bits);
}

function isInside(address: string): boolean {
  const [group = ''] = address.split(':');
  const isNetwork = address.includes(':') || isIPv6(address);
  return isNetwork ? /^(0|f[cd]..)$/.test(group) : !address.includes('.') || inside.check(address);
}

/** Whether an address, as limits know it, is in one of the networks. */
function isIn(networks: BlockList, address: string): boolean {
  // A network of IPv6 is written as its first four groups.
  return address.includes(':') ? networks.check(`${address}::`, 'ipv6') : networks.check(address);
}

/**
 * Makes the brake of a city with so many coaches, which leaves alone whoever books in a shared network (CIDR); `now` tells
 * milliseconds. Processes know nothing of one another: each brakes on its own.
 */
export function makeBookingBrake(now: () => number, coaches: number, sharedNetworks: string[] = []): BookingBrake {
  const shared = new BlockList();
  for (const network of sharedNetworks) {
    const [start = '', bits] = network.split('/');
    shared.addSubnet(start, Number(bits), isIPv6(start) ? 'ipv6' : 'ipv4');
  }
  const burst = Math.max(1, Math.floor(perCoach * coaches));
  const limit = makeLimit({ burst, perSecond: burst / 86_400 }, now);
  const addresses = makeRecent<string, string>(remembered);
  const counted = makeRecent<string, true>(remembered);

  return {
    heard: addresses.set,
    check(conversation, intent) {
      const address = conversation === undefined ? undefined : addresses.get(conversation);
      const booking = `${conversation} ${intent}`;
      if (address === undefined || isInside(address) || isIn(shared, address) || counted.get(booking)) return;
      try {
        limit(address);
      } catch (error) {
        if (!hasCode(error, 'tooMany')) throw error;
        throw new PolkuError('tooManyFromHere', 'one address has booked its share', error.details);
      }
      counted.set(booking, true);
    },
  };
}
