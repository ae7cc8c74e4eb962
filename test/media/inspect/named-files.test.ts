/** Files of an opened medium keep what makes them sources: an id for caches, parts for bulk copies, a name for messages. */
import { expect, it } from 'vitest';
import { memorySink, memorySource } from '../../../images/bytes/index.ts';
import { sampleBootImage } from '../../../images/sample/index.ts';
import { bootableMedia } from '../../../media/bootable/index.ts';
import { openMedium } from '../../../media/inspect/index.ts';
import { operationContext } from '../../../src/core/index.ts';

it('boot.wim of a medium is a whole source', async () => {
  const context = operationContext();
  const plan = await bootableMedia.plan(
    {
      bootImage: await sampleBootImage({ architecture: 'x64', size: 300_000 }),
      bootImageName: 'sample.wim',
      label: 'TEST',
      layout: 'mbr',
      variables: [],
      unattended: false,
      toolVersion: '1.2.3',
    },
    context,
  );
  const sink = memorySink();
  await bootableMedia.write(plan, sink, context);
  const { source } = (await openMedium(memorySource(sink.bytes(), 'medium'))).bootWim.wim;
  expect(source.id).toMatch(/^medium#\d+\+\d+$/);
  expect(source.name).toBe('sources/boot.wim');
  expect(source.parts).toHaveLength(1);
});
