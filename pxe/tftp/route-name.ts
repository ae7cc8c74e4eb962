/**
 * Requested paths to names of routes. No path of a client is ever joined to one of ours: names are looked up, or not
 * found.
 */
import { InputError } from '../../src/core/index.ts';
import { tftpCode } from './codes.ts';

/** Bytes of UTF-8. */
const MAX_PATH = 255;
/** Folders and file of a path. */
const MAX_PARTS = 16;

/** A colon (drives, streams), control characters, and what stands for bytes that are not UTF-8. */
const forbidden = /[:\p{Cc}\uFFFD]/u;

export type RouteName =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * The name under which a route is looked up: `\Boot\BCD`, `/boot//BCD` and `boot/./bcd` are all `boot/bcd`. Boot
 * managers ask with both slashes and in any case (boot-chain 4). Refused: `..` as a part, a colon (drives, streams),
 * control characters, text that is not UTF-8, nothing at all, and what is longer than 255 bytes or 16 parts.
 */
export function routeName(path: string): RouteName {
  if (new TextEncoder().encode(path).length > MAX_PATH) return refused(`a path of more than ${MAX_PATH} bytes`);
  if (forbidden.test(path)) return refused('a path with a colon, a control character, or text that is not UTF-8');
  const parts = path
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) return refused('a path with ..');
  if (parts.length === 0) return refused('a path without a name');
  if (parts.length > MAX_PARTS) return refused(`a path of more than ${MAX_PARTS} parts`);
  return { kind: 'name', name: parts.join('/').normalize('NFC').toLowerCase().normalize('NFC') };
}

/**
 * The name of a route that we publish, by the rules for those that are asked for. Throws InputError (`TFTP_NAME`) for
 * a path that no client could ask for.
 */
export function publishedName(path: string): string {
  const route = routeName(path);
  if (route.kind === 'name') return route.name;
  throw new InputError(tftpCode.TFTP_NAME, `no client could ask for ${JSON.stringify(path)}: ${route.reason}`, {
    hint: 'Give a relative path such as Boot/BCD.',
    details: { path },
  });
}

function refused(reason: string): RouteName {
  return { kind: 'refused', reason };
}
