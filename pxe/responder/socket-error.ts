/** Errors of sockets in words. */
import { EnvironmentError } from '../../src/core/index.ts';
import { responderCode } from './codes.ts';

const NAMES: Readonly<Record<number, string>> = { 1: 'EPERM', 13: 'EACCES', 19: 'ENODEV', 98: 'EADDRINUSE' };

/** `reason`: a name such as EACCES, or a number of Linux. */
export function socketError(where: string, call: string, reason: string | number): EnvironmentError {
  const name = typeof reason === 'string' ? reason : (NAMES[reason] ?? `errno ${reason}`);
  const code =
    name === 'EADDRINUSE'
      ? responderCode.RESPONDER_PORT_IN_USE
      : name === 'EACCES' || name === 'EPERM'
        ? responderCode.RESPONDER_PORT_RIGHTS
        : responderCode.RESPONDER_SOCKET;
  const why =
    name === 'EADDRINUSE' ? 'another program listens there' : name === 'EACCES' ? 'this user may not open it' : name;
  return new EnvironmentError(code, `${where}: ${why} (${call})`, { details: { where, call, reason: name } });
}
