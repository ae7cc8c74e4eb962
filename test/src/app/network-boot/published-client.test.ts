/** Which files each firmware is told, and that each of them is there. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type BootClient, chooseLoader } from '../../../../pxe/boot/index.ts';
import { prepareImage, type PreparedFolder } from '../../../../src/app/network-boot/prepared-image.ts';
import type { PublishSettings } from '../../../../src/app/network-boot/published-settings.ts';
import { operationContext } from '../../../../src/core/index.ts';
import { specOf, wimOf } from '../../../media/network/preparing.ts';
import { scratch } from '../../../support/scratch.ts';
import { asked, client, imageOf, key, own, prepareTestImages, published, type TestImages } from './publishing.ts';

let images: TestImages;
beforeAll(async () => {
  images = await prepareTestImages(scratch());
});

describe('files for a client', () => {
  const biosIpxe = client('ipxe', { architecture: client('bios').architecture });
  const files = (prepared: PreparedFolder, who: BootClient, changed: Partial<PublishSettings> = {}) => {
    const publisher = published(prepared, changed);
    const found = imageOf(publisher).filesFor(who, own);
    publisher.close();
    return found;
  };
  const base = (prepared: PreparedFolder) => `b\\${prepared.prepared.key.slice(0, 8)}\\${key}`;
  const url = (prepared: PreparedFolder) => `http://${own}:8080/${base(prepared).replaceAll('\\', '/')}`;

  it('BIOS: programs by TFTP path, with backslashes', () => {
    const found = files(images.x64, client('bios'));
    expect(found).toMatchObject({
      'pxeboot.n12': `${base(images.x64)}\\pxeboot.n12`,
      'pxeboot.com': `${base(images.x64)}\\pxeboot.com`,
      'abortpxe.com': `${base(images.x64)}\\abortpxe.com`,
    });
    expect(found.ipxe).toBeUndefined();
    expect(files(images.noBios, client('bios'))['pxeboot.n12']).toBeUndefined();
    const ipxe = { name: 'Undionly.kpxe', bytes: Uint8Array.of(1, 2) };
    expect(files(images.noBios, client('bios'), { ipxe }).ipxe).toBe('ipxe\\undionly.kpxe');
  });

  it('UEFI: the loader; HTTP Boot: the image file, or the loader of a build that reads over HTTP', async () => {
    expect(files(images.x64, client('uefi'))['bootmgfw.efi']).toBe(`${base(images.x64)}\\bootmgfw.efi`);
    expect(files(images.x64, client('uefiHttp'))).toMatchObject({
      imageUrl: `${url(images.x64)}/boot.iso`,
      loaderUrl: `${url(images.x64)}/bootmgfw.efi`,
    });
    expect(files(images.x64, client('uefiHttp'), { http: null }).imageUrl).toBeUndefined();
    const w10 = {
      ...images.x64,
      prepared: { ...images.x64.prepared, image: { ...images.x64.prepared.image, version: '10.0.19041.1' } },
    };
    expect(files(w10, client('uefiHttp')).imageUrl).toBeDefined();
    expect(files(w10, client('uefiHttp')).loaderUrl).toBeUndefined();
  });

  it('iPXE: scripts by HTTP where it can, else by TFTP; usual ports are left out', () => {
    expect(files(images.x64, client('ipxe'))).toMatchObject({
      bootScript: `${url(images.x64)}/boot.ipxe`,
      promptScript: `${url(images.x64)}/prompt.ipxe`,
      exitScript: `${url(images.x64)}/exit.ipxe`,
    });
    const bios = client('ipxe', { ipxeHttp: false, architecture: client('bios').architecture });
    expect(files(images.x64, bios).bootScript).toBe(
      `tftp://${own}/${base(images.x64).replaceAll('\\', '/')}/boot.ipxe`,
    );
    expect(files(images.x64, bios, { tftpPort: 6969 }).bootScript).toMatch(/^tftp:\/\/10\.77\.0\.1:6969\//);
    expect(files(images.x64, client('ipxe'), { http: { scheme: 'https', port: 443 } }).bootScript).toMatch(
      /^https:\/\/10\.77\.0\.1\/b/,
    );
    // UEFI iPXE needs the image file; without HTTP it gets no script that would fail.
    expect(files(images.x64, client('ipxe'), { http: null }).bootScript).toBeUndefined();
    // A BIOS without PXE programs in the image gets the disc, by HTTP alone.
    expect(files(images.noBios, bios).bootScript).toBeDefined();
    expect(files(images.noBios, bios, { http: null }).bootScript).toBeUndefined();
  });

  it.each(['bios', 'uefi', 'uefiHttp', 'ipxe'] as const)(
    '%s: what is told is there to be asked for',
    async (firmware) => {
      const publisher = published(images.x64, { ipxe: { name: 'u.kpxe', bytes: Uint8Array.of(1) } });
      const told = Object.values(imageOf(publisher).filesFor(client(firmware), own));
      expect(told.length).toBeGreaterThan(5);
      for (const path of told) {
        expect(await asked(publisher, path.replace(/^\w+:\/\/[^/]+\//, '')), path).not.toBeNull();
      }
      publisher.close();
    },
  );

  it('an image for BIOS alone: its files for BIOS and BIOS iPXE, nothing that UEFI would take', () => {
    expect(Object.keys(files(images.noUefi, client('bios')))).toContain('pxeboot.n12');
    expect(files(images.noUefi, biosIpxe).bootScript).toBeDefined();
    for (const firmware of ['uefi', 'uefiHttp', 'ipxe'] as const) {
      const found = files(images.noUefi, client(firmware));
      const { 'bootmgfw.efi': loader, imageUrl, loaderUrl, bootScript } = found;
      expect([loader, imageUrl, loaderUrl, bootScript], firmware).toEqual([undefined, undefined, undefined, undefined]);
    }
  });

  it('a reason where firmware gets none', () => {
    const lacks = (words: RegExp, times: number) => Array.from({ length: times }, () => expect.stringMatching(words));
    const reasons = (prepared: PreparedFolder, changed: Partial<PublishSettings> = {}) => {
      const publisher = published(prepared, changed);
      const image = imageOf(publisher);
      publisher.close();
      const clients = (['bios', 'uefi', 'uefiHttp', 'ipxe'] as const).map((firmware) => client(firmware));
      return [...clients, biosIpxe].map((who) => image.whyNot(who));
    };
    const all = [undefined, undefined, undefined, undefined, undefined];
    expect(reasons(images.x64)).toEqual(all);
    expect(reasons(images.noUefi)).toEqual([
      undefined,
      ...lacks(/bootmgfw\.efi is missing; BIOS .* osdkit image update/, 3),
      undefined,
    ]);
    expect(reasons(images.noUefi, { http: null })).toEqual(reasons(images.noUefi));
    expect(reasons(images.noBios)).toEqual([
      ...lacks(/pxeboot\.n12 is missing; UEFI .* \(key ipxe/, 1),
      ...all.slice(1),
    ]);
    expect(reasons(images.noBios, { http: null }).slice(2)).toEqual(lacks(/^nothing is served by HTTP$/, 3));
    const ipxe = { name: 'x', bytes: Uint8Array.of(1) };
    expect(reasons(images.noBios, { ipxe })[0]).toBeUndefined();
    // iPXE would come back for a disc that nobody serves.
    expect(reasons(images.noBios, { ipxe, http: null })[0]).toContain('pxeboot.n12 is missing');
    expect(reasons(images.arm64)[0]).toContain('arm64');
    expect(reasons(images.x64, { http: null })[2]).toContain('HTTP');
  });

  it('PXE-09: with nothing deployed, abortpxe.com of any image and the exit script', async () => {
    const publisher = published(images.x64);
    const bios = publisher.common(client('bios'), own);
    const none = {
      purpose: 'none',
      menu: null,
      preferLoaderUrl: false,
      fastReturn: true,
      why: { code: '', text: '' },
    } as const;
    const loader = chooseLoader('bios', { ...none, files: bios });
    expect(loader).toEqual({ kind: 'boot', file: `${base(images.x64)}\\abortpxe.com` });
    const ipxe = chooseLoader('ipxe', { ...none, files: publisher.common(client('ipxe'), own) });
    expect(ipxe).toEqual({ kind: 'boot', file: `http://${own}:8080/ipxe/exit.ipxe` });
    expect(await asked(publisher, 'ipxe/exit.ipxe')).not.toBeNull();
    publisher.close();
  });
});

describe('fonts', () => {
  it('are there for UEFI and for BIOS, also where a medium would have them for UEFI alone', async () => {
    const noBootmgr = await prepareImage(
      scratch(),
      await specOf(await wimOf({ 'Windows/Boot/PCAT/bootmgr': undefined })),
      operationContext(),
    );
    const publisher = published(noBootmgr);
    const folder = `b/${imageOf(publisher).version}/${key}`;
    for (const path of ['EFI\\Microsoft\\Boot\\Fonts\\wgl4_boot.ttf', 'Boot\\Fonts\\wgl4_boot.ttf']) {
      const font = await asked(publisher, `${folder}/${path}`);
      expect(Buffer.from(font?.bytes ?? []).toString(), path).toBe('wgl4');
    }
    publisher.close();
  });
});
