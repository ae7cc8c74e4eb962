/** Which address of this computer is used towards another one: the system's routes know. Nothing is sent. */
import { createSocket } from 'node:dgram';
import { EnvironmentError } from '../../src/core/index.ts';
import { clientCode } from './codes.ts';

/** The own IPv4 address on the way to `server`. EnvironmentError (`PXE_CLIENT_SOCKET`) where there is no way. */
export async function ownAddressTowards(server: string): Promise<string> {
  const socket = createSocket('udp4');
  try {
    return await new Promise<string>((resolve, reject) => {
      socket.on('error', reject);
      // The port means nothing: connecting UDP only asks the routes.
      socket.connect(67, server, (problem?: Error) => {
        if (problem) reject(problem);
        else resolve(socket.address().address);
      });
    });
  } catch (problem) {
    const why = (problem as NodeJS.ErrnoException).code ?? String(problem);
    throw new EnvironmentError(clientCode.PXE_CLIENT_SOCKET, `no way to ${server}: ${why}`, {
      details: { server, reason: why },
      hint: 'Name the own address with --address.',
      cause: problem,
    });
  } finally {
    socket.close();
  }
}
