/** What the doctor says of real firmware: one reviewed text for each recording. UPDATE_GOLDEN=1 rewrites them, for review. */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { explain, explanationText, recordedPackets } from '../../../pxe/doctor/index.ts';
import { captureBytes, captures, haveCaptures } from '../captures.ts';

const golden = new URL('golden/', import.meta.url).pathname;

test.skipIf(!haveCaptures).each(haveCaptures ? captures : ['none'])('../shared/captures/%s is explained', (name) => {
  const text = `${explanationText(explain(recordedPackets(captureBytes(name))))}\n`;
  const file = `${golden}${name.replace('.pcap', '.txt')}`;
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text);
  expect(text, `UPDATE_GOLDEN=1 rewrites ${file}`).toBe(readFileSync(file, 'utf8'));
});
