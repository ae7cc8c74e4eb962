/** `serve` and `pxe serve`: network boot of a site, or of one boot image. */
import type * as z from 'zod';
import { InputError, type OperationContext } from '../../core/index.ts';
import { type Services, useCase } from '../use-case.ts';
import { networkBootCode } from './codes.ts';
import { pxeServeInput, siteServeInput } from './serve-input.ts';
import type { ServeReport } from './serve-report.ts';

export type { ServeReport } from './serve-report.ts';

/** What serves is loaded when it does: a site's part for a site alone. */
async function serveSite(
  { site, point, ...settings }: z.output<typeof siteServeInput>,
  services: Services,
  context: OperationContext,
): Promise<ServeReport> {
  const { siteServing } = await import('./serve-site.ts');
  const { runServing } = await import('./serve-run.ts');
  return await runServing(siteServing(site, point, services.version), settings, services, context);
}

export const serve = useCase({
  name: 'serve',
  summary: 'answer network boot for a site, beside the DHCP server that is there',
  effect: 'write',
  input: siteServeInput,
  run: serveSite,
});

export const pxeServe = useCase({
  name: 'pxe serve',
  summary: 'answer network boot: one boot image for every computer, or what a site says',
  effect: 'write',
  input: pxeServeInput,
  async run({ site, point, bootImage, index, dhcpRange, ...settings }, services, context): Promise<ServeReport> {
    if (bootImage === undefined) {
      if (dhcpRange !== undefined) {
        throw new InputError(
          networkBootCode.SERVE_OPTION,
          '--dhcp-range is for --boot-image: a site says it in pxe.dhcpServer',
        );
      }
      if (site === undefined) {
        throw new InputError(networkBootCode.SERVE_OPTION, 'neither a boot image nor a site was named', {
          hint: 'Give --boot-image boot.wim, or --site DIR.',
        });
      }
      return await serveSite({ site, point, ...settings }, services, context);
    }
    if (site !== undefined || point !== undefined) {
      throw new InputError(
        networkBootCode.SERVE_OPTION,
        '--boot-image serves without a site: leave out --site and --point',
      );
    }
    const { SINGLE_DURATION, singleServing } = await import('./serve-single-image.ts');
    const { runServing } = await import('./serve-run.ts');
    const limited = { ...settings, for: settings.for ?? SINGLE_DURATION };
    const open = singleServing({ bootImage, index, dhcpRange, interfaces: settings.interfaces }, services.version);
    return await runServing(open, limited, services, context);
  },
});
