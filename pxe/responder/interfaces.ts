/** Which interfaces are answered on, out of those that the system has. */
import { InputError } from '../../src/core/index.ts';
import { responderCode } from './codes.ts';
import type { ServedInterface } from './types.ts';

/** As `os.networkInterfaces()` gives them. */
export type SystemInterfaces = Readonly<
  Record<
    string,
    | ReadonlyArray<{
        readonly family: string | number;
        readonly address: string;
        readonly netmask: string;
        readonly mac: string;
        readonly internal: boolean;
      }>
    | undefined
  >
>;

export interface ChosenInterfaces {
  readonly served: readonly ServedInterface[];
  /** Names of the others that have an IPv4 address. */
  readonly others: readonly string[];
}

const macOf = (text: string): string => text.toLowerCase().replaceAll('-', ':');

/**
 * Interfaces by name, address or MAC address; without a wish all that are no loopback and have more than a link-local address.
 * Of an interface with several addresses the first is taken, or the one that was named. InputError (`RESPONDER_NO_INTERFACE`)
 * for a wish that nothing fulfils, and when nothing is left.
 */
export function chooseInterfaces(system: SystemInterfaces, wanted: readonly string[] = []): ChosenInterfaces {
  const all = Object.entries(system)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, addresses = []]) =>
      addresses
        .filter(({ family }) => family === 'IPv4' || family === 4)
        .map(({ address, netmask, mac, internal }) => ({ name, address, netmask, mac: mac.toLowerCase(), internal })),
    );
  const there = all.map(({ name, address, mac }) => `${name} (${address}, ${mac})`).join(', ') || 'none with IPv4';
  const found = wanted.map((wish) => {
    const one = all.find((row) => row.name === wish || row.address === wish || row.mac === macOf(wish));
    if (one !== undefined) return one;
    throw new InputError(
      responderCode.RESPONDER_NO_INTERFACE,
      `no interface ${JSON.stringify(wish)}; there are: ${there}`,
      { details: { wanted: wish } },
    );
  });
  const usual = all.filter(({ internal, address }) => !internal && !address.startsWith('169.254.'));
  const served = firstOfEach(wanted.length > 0 ? found : usual);
  if (served.length === 0) {
    throw new InputError(
      responderCode.RESPONDER_NO_INTERFACE,
      `no interface with an IPv4 address that others reach; there are: ${there}`,
    );
  }
  const names = new Set(served.map(({ name }) => name));
  const others = new Set(all.filter(({ name, internal }) => !internal && !names.has(name)).map(({ name }) => name));
  return { served, others: [...others] };
}

function firstOfEach(rows: ReadonlyArray<ServedInterface & { readonly internal: boolean }>): ServedInterface[] {
  const byName = new Map<string, ServedInterface>();
  for (const { name, address, netmask, mac } of rows) {
    if (!byName.has(name)) byName.set(name, { name, address, netmask, mac });
  }
  return [...byName.values()];
}
