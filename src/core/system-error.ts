/** Turns what the operating system says (`errno` errors of Node) into an osdkit error with place and remedy. */
import { coreCode } from './codes.ts';
import { CanceledError, EnvironmentError, InputError, InternalError, OsdkitError } from './errors.ts';

interface ErrnoLike {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly path?: unknown;
}

/**
 * The osdkit error for anything that was thrown. `what` says what was being done ("writing boot.iso").
 * Errors that are already ours come back unchanged.
 */
export function toOsdkitError(error: unknown, what: string): OsdkitError {
  if (error instanceof OsdkitError) return error;
  const { code, message, path } = (typeof error === 'object' && error !== null ? error : {}) as ErrnoLike;
  const text = typeof message === 'string' ? message : String(error);
  const place = typeof path === 'string' ? { path } : {};
  const options = { cause: error, details: { ...place, errno: typeof code === 'string' ? code : null } };
  switch (code) {
    case 'ABORT_ERR':
      return new CanceledError(coreCode.CORE_CANCELED, 'canceled', { cause: error });
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return new EnvironmentError(coreCode.CORE_NO_SPACE, `${what}: no space left on the target (${text})`, {
        ...options,
        hint: 'Free some space, or give --output on another disk. What was there before is untouched.',
      });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new EnvironmentError(coreCode.CORE_NO_PERMISSION, `${what}: access refused (${text})`, options);
    case 'ENOENT':
      return new InputError(coreCode.CORE_FILE_NOT_FOUND, `${what}: no such file or folder (${text})`, options);
    case 'EISDIR':
      return new InputError(coreCode.CORE_WRONG_KIND, `${what}: it is a folder, a file is wanted`, options);
    case 'ENOTDIR':
      return new InputError(
        coreCode.CORE_WRONG_KIND,
        `${what}: it is a file, or lies below one; a folder is wanted`,
        options,
      );
    default:
      if (typeof code === 'string' && /^E[A-Z0-9]+$/.test(code)) {
        return new EnvironmentError(coreCode.CORE_IO, `${what}: ${text}`, options);
      }
      return new InternalError(coreCode.CORE_UNEXPECTED, `${what}: ${text}`, {
        cause: error,
        hint: 'This is a mistake in osdkit. Please report it with the command and the output of --verbose.',
      });
  }
}
