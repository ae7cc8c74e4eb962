/** Names to what is behind them. A name that is no key of the table is not found: no path of a client goes further. */
import type { FoundRoute, Route, RouteTable } from './types.ts';

/** The part of a name that stands for the client. */
const ANY = '*';
/** A MAC address as 12 hexadecimal digits, or `g` and the 32 of a SMBIOS GUID. */
const clientPart = /^(?:[0-9a-f]{12}|g[0-9a-f]{32})$/;

/** A table made ready for looking up. */
export interface RouteIndex {
  readonly version: number;
  readonly names: ReadonlyMap<string, Route>;
  /** Routes of clients, by their names with `*`. */
  readonly ofClients: ReadonlyMap<string, Route>;
  /** Which parts of those names are `*`. */
  readonly places: readonly number[];
}

/** Makes a table ready; of two routes with one name the last counts. */
export function indexRoutes({ version, routes }: RouteTable): RouteIndex {
  const names = new Map<string, Route>();
  const ofClients = new Map<string, Route>();
  const places = new Set<number>();
  for (const route of routes) {
    const place = route.name.split('/').indexOf(ANY);
    if (place < 0) names.set(route.name, route);
    else {
      ofClients.set(route.name, route);
      places.add(place);
    }
  }
  return { version, names, ofClients, places: [...places] };
}

/**
 * What is behind a name that `routeName` of `pxe/tftp` made; null for nothing. `sticky` is the folder that the same
 * address used last: what is no name is looked up again under it, since boot managers ask for `\Boot\BCD` wherever they
 * came from.
 */
export function findRoute(index: RouteIndex, name: string, sticky: string | null): FoundRoute | null {
  const found = lookUp(index, name);
  if (found !== null || sticky === null) return found;
  return lookUp(index, sticky + name);
}

function lookUp({ names, ofClients, places }: RouteIndex, name: string): FoundRoute | null {
  const exact = names.get(name);
  if (exact !== undefined) return { name, client: null, folder: null, content: exact.content };
  const parts = name.split('/');
  for (const place of places) {
    const client = parts[place];
    if (client === undefined || !clientPart.test(client)) continue;
    const route = ofClients.get(parts.with(place, ANY).join('/'));
    if (route === undefined) continue;
    const folder = `${parts.slice(0, place + 1).join('/')}/`;
    return { name: route.name, client, folder, content: route.content };
  }
  return null;
}
