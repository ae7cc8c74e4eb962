/** Errors of ports with what to do about them on this computer: the servers say which port, here is how to find who has it. */
import { EnvironmentError, InputError, type OsdkitError } from '../../core/index.ts';

const taken =
  'Who has it: `ss -lunp` and `ss -ltnp` on Linux, `lsof -nP -i` on macOS, `netstat -abn` on Windows. Stop that program, or choose ' +
  'another port or address; beside a DHCP server on this computer set `optionOnly` of the point.';
const refused =
  'Ports below 1024 need a right: on Linux run it as the service that `osdkit pxe unit` prints, or ' +
  '`sudo sysctl net.ipv4.ip_unprivileged_port_start=60`, or as root; never give the right to the node program itself.';

const absent =
  'An interface without a cable or without an IPv4 address is not listed: connect it, or give it an address.';

/** The error with a hint, where it is one of a port or of an interface and has none. */
export function withPortHint(error: unknown): unknown {
  if (error instanceof InputError && error.code === 'RESPONDER_NO_INTERFACE' && error.hint === undefined) {
    return new InputError(error.code, error.message, { details: error.details, hint: absent });
  }
  if (!(error instanceof EnvironmentError)) return error;
  const hint = hintOf(error);
  if (hint === undefined) return error;
  const { code, message, details, cause } = error;
  return new EnvironmentError(code, message, { details, cause, hint });
}

function hintOf({ code, details }: OsdkitError): string | undefined {
  const reasons = [details['errno'], details['system'], details['reason']];
  if (reasons.includes('EADDRINUSE') || code.endsWith('_PORT_IN_USE')) return taken;
  if (reasons.includes('EACCES') || code.endsWith('_PORT_RIGHTS')) return refused;
  return undefined;
}
