/** Serving one boot image without a site: prepared in a folder of this run, gone with it. */
import { digestSources, openFile } from '../../../images/bytes/index.ts';
import type { SiteDecider } from './decide-types.ts';
import type { ResponderSettings } from '../../../pxe/responder/index.ts';
import { prepareImage } from './prepared-image.ts';
import { PUBLISH_DEFAULTS } from './published-settings.ts';
import { servedInterfaces } from './serve-address.ts';
import type { ServeHost } from './serve-host.ts';
import { memoryLeases } from './serve-leases.ts';
import type { OpenServing, Served } from './serve-run.ts';
import { singleDecider, singleImage } from './serve-single.ts';
import { pointTransport } from './serve-transport.ts';

/** Seconds that `pxe serve --boot-image` serves unless told otherwise. */
export const SINGLE_DURATION = 3600;

export interface SingleOptions {
  readonly bootImage: string;
  readonly index: number | undefined;
  /** First and last address that it gives itself. */
  readonly dhcpRange: string | undefined;
  readonly interfaces: readonly string[];
}

/** Throws what reading and preparing the image throws; the folder of the run is gone then. */
export function singleServing(
  { bootImage: path, index, dhcpRange, interfaces }: SingleOptions,
  toolVersion: string,
): OpenServing {
  return async ({ hub, host, context }) => {
    const folder = await host.temporaryFolder();
    try {
      await using file = await openFile(path);
      const [sha256 = ''] = await digestSources([file], context, 'reading the boot image');
      const prepared = await prepareImage(
        folder.path,
        {
          bootImage: file,
          bootImageName: path,
          sha256,
          signingAuthority: 'newest',
          toolVersion,
          ...(index === undefined ? {} : { index }),
        },
        context,
      );
      const served: Served = {
        sources: [{ bootImage: singleImage, name: path, prepared }],
        wishes: { tftp: PUBLISH_DEFAULTS.tftp, promptSeconds: PUBLISH_DEFAULTS.promptSeconds, ipxe: null },
        responder: responderOf(dhcpRange, host, interfaces),
      };
      let decider: SiteDecider | undefined;
      hub.notice('info', 'single', `every computer that boots from the network gets ${path}`);
      return {
        title: path,
        interfaces: [],
        transport: pointTransport({ enabled: true }),
        removeOld: false,
        leases: memoryLeases(),
        problem: null,
        async first({ publisher }) {
          decider = singleDecider(publisher);
          return served;
        },
        async decide(client, ownAddress) {
          if (decider === undefined) throw new Error('asked before the image was published');
          return await decider.decide(client, ownAddress);
        },
        delivered: async () => false,
        watch: () => () => undefined,
        close: () => folder.remove(),
      };
    } catch (error) {
      await folder.remove();
      throw error;
    }
  };
}

/** Seconds that an address is given for. */
const leaseTime = 3600;

function responderOf(range: string | undefined, host: ServeHost, interfaces: readonly string[]): ResponderSettings {
  const common = { relays: [], ignoredMacs: [], delay: 0 };
  if (range === undefined) return { ...common, mode: 'proxy' };
  const [first = '', last = ''] = range.split('-');
  const netmask = servedInterfaces(host.interfaces(), interfaces).served[0]?.netmask ?? '255.255.255.0';
  return { ...common, mode: 'full', lease: { first, last, prefixLength: prefixLength(netmask), leaseTime } };
}

function prefixLength(netmask: string): number {
  const bits = netmask.split('.').map((part) => Number(part).toString(2).replaceAll('0', '').length);
  return bits.reduce((sum, count) => sum + count, 0);
}
