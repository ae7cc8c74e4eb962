/** Sockets that a service manager opened (sd_listen_fds(3)): descriptors from 3 on, with the names of their units. */
import { InputError } from '../../src/core/index.ts';
import { responderCode } from './codes.ts';
import type { GivenSocket } from './types.ts';

const FIRST = 3;

/**
 * The sockets out of `LISTEN_FDS`, `LISTEN_PID` and `LISTEN_FDNAMES`. `FileDescriptorName=` of a unit is `dhcp-` or `boot-` and the interface:
 * `dhcp-eth0`. None when they are for another process. InputError (`RESPONDER_SETTINGS`) for other names.
 */
export function givenSockets(
  environment: Readonly<Record<string, string | undefined>>,
  process: number,
): readonly GivenSocket[] {
  const { LISTEN_FDS: count = '', LISTEN_PID: owner, LISTEN_FDNAMES: names = '' } = environment;
  if (owner !== String(process) || !/^[1-9]\d{0,2}$/.test(count)) return [];
  const list = names.split(':');
  return Array.from({ length: Number(count) }, (_, index) => {
    const name = list[index] ?? '';
    const [, kind, interfaceName] = /^(dhcp|boot)-(.+)$/.exec(name) ?? [];
    if (interfaceName === undefined) {
      throw new InputError(
        responderCode.RESPONDER_SETTINGS,
        `socket ${index + 1} of the service manager is called ${JSON.stringify(name)}; FileDescriptorName= must be dhcp- or boot- and an interface, such as dhcp-eth0`,
        { details: { name } },
      );
    }
    return { fd: FIRST + index, role: kind === 'dhcp' ? 'dhcp' : 'bootServer', interfaceName };
  });
}
