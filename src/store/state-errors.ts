/** What SQLite says, as errors with place and remedy. */
import { EnvironmentError, InputError, IntegrityError, OsdkitError, toOsdkitError } from '../core/index.ts';
import { storeCode } from './codes.ts';

const aside = (place: string): string =>
  `Stop osdkit, rename ${place} and, where they are, ${place}-wal and ${place}-shm, and start it again: it makes a new one. What was delivered is forgotten with it: look at required deployments first (osdkit deployment list).`;

/** The osdkit error for what libsql threw while `what` was done to the state at `place`. */
export function stateError(error: unknown, place: string, what: string): OsdkitError {
  if (error instanceof OsdkitError) return error;
  const code = codeOf(error);
  const text = error instanceof Error ? error.message : String(error);
  const options = { cause: error, details: { path: place, sqlite: code } };
  if (/^SQLITE_(CORRUPT|NOTADB|FORMAT)/.test(code) || text.includes('file is not a database')) {
    return new IntegrityError(
      storeCode.STORE_STATE_DAMAGED,
      `${place}: the state of network boot is damaged (${text})`,
      {
        ...options,
        hint: aside(place),
      },
    );
  }
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return new EnvironmentError(storeCode.STORE_STATE_BUSY, `${place}: another process holds the state (${what})`, {
      ...options,
      hint: 'Try again. If it stays so, look which process has the file open.',
    });
  }
  if (/^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|PERM|AUTH)/.test(code) || /unable to open/i.test(text)) {
    const full = code.startsWith('SQLITE_FULL') ? 'the disk is full' : text;
    return new EnvironmentError(storeCode.STORE_STATE_WRITE, `${place}: ${what} failed: ${full}`, {
      ...options,
      hint: 'Free space on the disk, and let the user of osdkit write to the folder `state` of the site. What was confirmed before is kept.',
    });
  }
  return toOsdkitError(error, `${place}: ${what}`);
}

function codeOf(error: unknown): string {
  const { code } = (typeof error === 'object' && error !== null ? error : {}) as { readonly code?: unknown };
  return typeof code === 'string' ? code : '';
}

/** No native package for this system, or it does not load. */
export function driverError(error: unknown, platform: string): EnvironmentError {
  return new EnvironmentError(
    storeCode.STORE_STATE_DRIVER,
    `the database of the state (libsql) does not load on ${platform}: ${error instanceof Error ? error.message : String(error)}`,
    {
      cause: error,
      hint: 'It has packages for Linux x64 and arm64, macOS and Windows x64: install osdkit with its optional packages. `osdkit pxe serve --boot-image` needs no state.',
    },
  );
}

export function foreignState(place: string): InputError {
  return new InputError(storeCode.STORE_STATE_FOREIGN, `${place}: a database of another program`, {
    hint: 'Move it away: osdkit makes its own there.',
    details: { path: place },
  });
}

export function newerState(place: string, found: number, known: number): InputError {
  return new InputError(
    storeCode.STORE_STATE_NEWER,
    `${place}: version ${found} of the state, this osdkit knows ${known}`,
    { hint: 'Use the newer osdkit that wrote it.', details: { path: place, found, known } },
  );
}
