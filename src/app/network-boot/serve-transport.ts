/** How bytes are sent: what the command line says, else the point, else what the computer has. */
import type { ServedInterface } from '../../../pxe/responder/index.ts';
import { openFile, readAll } from '../../../images/bytes/index.ts';
import { InputError } from '../../core/index.ts';
import type { PxeSettings } from '../../model/index.ts';
import { networkBootCode } from './codes.ts';
import type { ServeHost } from './serve-host.ts';
import type { ServeSettings } from './serve-input.ts';
import type { ServersOptions } from './serve-servers.ts';

/** What a point says about sending. */
export interface Transport {
  /** Megabits a second. */
  readonly linkSpeed?: number;
  readonly pacing: boolean;
  /** Blocks. */
  readonly maxWindow: number;
  /** Bytes. */
  readonly queueBudget: number;
}

export function pointTransport({ linkSpeed, pacing = true, tftp = {} }: PxeSettings): Transport {
  const { maxWindow = 64, queueBudget = 256 } = tftp;
  return {
    pacing,
    maxWindow,
    queueBudget: queueBudget * 1000,
    ...(linkSpeed === undefined ? {} : { linkSpeed }),
  };
}

/** The speed of the slowest interface, in megabits a second; null where none says its speed. */
export async function lineSpeed(host: ServeHost, served: readonly ServedInterface[]): Promise<number | null> {
  const speeds: number[] = [];
  for (const { name } of served) {
    const speed = await host.linkSpeed(name);
    if (speed !== null) speeds.push(speed);
  }
  return speeds.length === 0 ? null : Math.min(...speeds);
}

/** Port of HTTP and HTTPS where none is named. */
const httpPorts = { http: 80, https: 443 } as const;

/** Options of the servers; PEM files are read. Throws InputError (`SERVE_OPTION`) for half of a certificate. */
export async function transportOf(
  settings: ServeSettings,
  transport: Transport,
  measured: () => Promise<number | null>,
  cores: number,
): Promise<Omit<ServersOptions, 'address' | 'removeOld'>> {
  const { tlsCertificate, tlsKey } = settings;
  const speed = settings.linkSpeed ?? (transport.pacing ? (transport.linkSpeed ?? (await measured())) : 'off');
  return {
    tftpPort: settings.tftpPort,
    httpPort: settings.httpPort ?? (tlsCertificate === undefined ? httpPorts.http : httpPorts.https),
    tls: await certificateOf(tlsCertificate, tlsKey),
    cache: settings.cache * 2 ** 20,
    threads: settings.threads ?? Math.max(1, Math.min(4, cores - 1)),
    linkSpeed: speed === 'off' || speed === null ? 'off' : speed * 1e6,
    accelerator: settings.accelerator,
    maxWindow: transport.maxWindow,
    queueBudget: transport.queueBudget,
  };
}

async function certificateOf(certificate: string | undefined, key: string | undefined): Promise<ServersOptions['tls']> {
  if (certificate === undefined && key === undefined) return null;
  if (certificate === undefined || key === undefined) {
    const [given, missing] =
      certificate === undefined ? ['--tls-key', '--tls-certificate'] : ['--tls-certificate', '--tls-key'];
    throw new InputError(networkBootCode.SERVE_OPTION, `${given} needs ${missing}, too`);
  }
  return { certificate: await pemText(certificate), key: await pemText(key) };
}

/** Bytes: chains of certificates have some kilobytes. */
const longestPem = 1 << 20;

async function pemText(path: string): Promise<string> {
  await using file = await openFile(path);
  if (file.size > longestPem) {
    throw new InputError(networkBootCode.SERVE_OPTION, `${path} is no PEM file: it has ${file.size} bytes`);
  }
  return new TextDecoder().decode(await readAll(file));
}
