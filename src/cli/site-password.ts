/** Where a face may take the password of a site's keys from, besides a file: the environment. */
import { Secret } from '../core/index.ts';

/** The value of OSDKIT_SITE_PASSWORD; undefined when it is not set or empty. */
export function passwordFromEnvironment(): Secret | undefined {
  const value = process.env['OSDKIT_SITE_PASSWORD'];
  return value === undefined || value === '' ? undefined : new Secret(value);
}
