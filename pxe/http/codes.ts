/** Error codes of `pxe/http`. */
import { registerCodes } from '../../src/core/index.ts';

export const httpCode = registerCodes({
  HTTP_LISTEN: {
    title: 'The HTTP server cannot listen.',
    remedy: 'End what uses the port, choose another one, or give the right to use ports below 1024.',
  },
  HTTP_CERTIFICATE: {
    title: 'Certificate or key of the HTTPS server cannot be used.',
    remedy: 'Give certificate chain and private key as PEM files that belong together, without a password.',
  },
  HTTP_LIMITS: {
    title: 'A limit of the HTTP server is out of its range.',
    remedy: 'Give a value in the range that the message names.',
  },
  HTTP_THREAD: {
    title: 'The thread of the HTTP server ended.',
    remedy: 'Report it with the cause that the message names; start the server again meanwhile.',
  },
  HTTP_METRIC: {
    title: 'A metric has a name or label that Prometheus cannot read.',
    remedy: 'Report it: this is a mistake in osdkit.',
  },
});
