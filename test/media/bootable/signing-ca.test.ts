/** media.json says which CA signed the loader only where somebody or something says so. */
import { describe, expect, it } from 'vitest';
import { sampleBootImage, sampleTree } from '../../../images/sample/index.ts';
import { findFile, treeFromFiles } from '../../../images/tree/index.ts';
import { bootableMedia } from '../../../media/bootable/index.ts';
import { operationContext } from '../../../src/core/index.ts';
import { readMediaDocument, writeMediaDocument, type MediaDocument } from '../../../src/protocol/index.ts';

const loader = findFile(sampleTree('x64', 300_000), 'Windows/Boot/EFI/bootmgfw.efi')?.content;

async function documentFor(path: string | undefined, signingCa?: '2011' | '2023'): Promise<MediaDocument> {
  const plan = await bootableMedia.plan(
    {
      bootImage: await sampleBootImage({ architecture: 'x64', size: 300_000 }),
      bootImageName: 'sample.wim',
      ...(path === undefined || !loader ? {} : { bootFiles: treeFromFiles([{ path, content: loader }]) }),
      ...(signingCa === undefined ? {} : { signingCa }),
      label: 'TEST',
      layout: 'mbr',
      variables: [],
      unattended: false,
      toolVersion: '1.2.3',
    },
    operationContext(),
  );
  return readMediaDocument(writeMediaDocument(plan.document));
}

describe('signing CA in media.json', () => {
  it.each([
    ['the image', undefined, undefined, '2011'],
    ['a folder that tells', 'EFI_EX/bootmgfw_EX.efi', undefined, '2023'],
    ['a folder that does not tell', 'EFI/BOOT/BOOTX64.EFI', undefined, 'unknown'],
    ['a folder that does not tell, whose giver does', 'EFI/BOOT/BOOTX64.EFI', '2023', '2023'],
  ] as const)('of a loader from %s', async (_name, path, wished, expected) => {
    expect((await documentFor(path, wished)).signingCa).toBe(expected);
  });
});
