/** What a run says at its start and after each change: where it answers, which boot images it serves and for whom. */
import { versionPart } from '../../../media/network/index.ts';
import { withRemedy } from './published-files.ts';
import type { PublishSource } from './published-images.ts';
import type { ServeHub } from './serve-hub.ts';
import type { Servers } from './serve-servers.ts';

export function countImages(sources: readonly PublishSource[]): number {
  return sources.filter((source) => 'prepared' in source).length;
}

export function tellImages(hub: ServeHub, sources: readonly PublishSource[]): void {
  if (sources.length === 0) {
    hub.notice('warning', 'image', 'there is no boot image to serve: osdkit image import takes one into the site');
  }
  for (const source of sources) {
    if ('why' in source) {
      hub.notice('warning', 'image', `boot image ${source.name} is not served: ${source.why}`);
      continue;
    }
    const { image, loader, problems } = source.prepared.prepared;
    const what = [image.architecture, image.version].filter((part) => part !== null).join(' ');
    const boots = loader?.boots ?? 'To BIOS computers only.';
    hub.notice('info', 'image', `boot image ${source.name} (${what}) is served. ${boots}`.trimEnd(), {
      version: versionPart(source.prepared.prepared.key),
    });
    for (const { severity, message, hint } of problems) {
      if (severity !== 'note') hub.notice('warning', 'image', withRemedy(message, hint));
    }
  }
}

export function tellPlaces(
  hub: ServeHub,
  title: string,
  { tftp, http }: Servers,
  addresses: ReadonlyArray<{ role: string; interfaceName: string; address: string; port: number }>,
  layout: string,
): void {
  const names = [...new Set(addresses.map(({ interfaceName, address }) => `${interfaceName} (${address})`))];
  const ports = [...new Set(addresses.map(({ role, port }) => `${role} ${port}`))].join(', ');
  const where = `on ${names.join(', ')}: ${ports}, TFTP ${tftp.port}, HTTP ${http.port}`;
  const dhcp = addresses.find(({ role }) => role === 'dhcp')?.port ?? null;
  const bootServer = addresses.find(({ role }) => role === 'bootServer')?.port ?? null;
  const fields = { interfaces: names.join(', '), dhcp, bootServer, tftp: tftp.port, http: http.port };
  hub.notice('info', 'listening', `${title}: answers boot clients ${where}`, fields);
  hub.notice('debug', 'layout', layout);
}
