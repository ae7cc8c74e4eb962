/** The path of a request as name of a route. */
import { routeName, type RouteName } from '../tftp/index.ts';

/** A name, or the status to refuse with. */
export type TargetName =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'refused'; readonly status: 400 | 404; readonly reason: string };

/**
 * The name that a request target asks for, by the rules of TFTP's paths: any case, both slashes. Takes the forms that RFC
 * 9112 section 3.2 has for GET: a path, or a whole URL. Query and fragment do not count.
 */
export function targetName(target: string): TargetName {
  const path = /^(?:https?:\/\/[^/?#]*)?([^?#]*)/i.exec(target)?.[1] ?? '';
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return { kind: 'refused', status: 400, reason: 'a path with a percent sign that begins no UTF-8 character' };
  }
  const route: RouteName = routeName(decoded);
  return route.kind === 'name' ? route : { ...route, status: 404 };
}
