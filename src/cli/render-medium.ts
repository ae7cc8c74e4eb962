/** A created medium, or the plan of one, for people. */
import type { CreatedMedium } from '../app/index.ts';
import { problemText } from './error-text.ts';
import { formatBytes } from './quantities.ts';
import { table } from './table.ts';

/** What was made or would be made, what it boots, what is worth knowing. */
export function renderCreatedMedium(result: CreatedMedium): string {
  const { document } = result;
  const lines = [
    result.planned ? `Plan for ${result.output} (nothing was written)` : `${result.output} is written and verified`,
    ...table([
      ['Media id', result.mediaId],
      ['Type', `${document.type}, ${document.architecture}${document.unattended ? ', unattended' : ''}`],
      ['Size', `${formatBytes(result.size)} (${result.size} bytes)`],
      ...(result.sha256 === undefined ? [] : [['SHA-256', result.sha256] as const]),
      ['Label', document.label],
      ['Layout', document.layout],
      ['Signing CA', document.signingCa],
      ...(document.start === null ? [] : [['Valid from', document.start] as const]),
      ...(document.expires === null ? [] : [['Expires', document.expires] as const]),
    ]),
  ];
  if (result.planned) lines.push('', 'Files', ...renderFiles(result), '', 'Image', ...renderRegions(result));
  if (result.notes.length > 0) lines.push('', 'Worth knowing', ...result.notes.map(problemText));
  if (!result.planned) {
    lines.push('', 'Next', '  burn it, or copy it to a stick:  dd if=FILE of=/dev/sdX bs=1M conv=fsync');
    lines.push('  or give it as UEFI HTTP Boot URL; check it any time with `osdkit media verify`');
  }
  return lines.join('\n');
}

function renderFiles(result: CreatedMedium): string[] {
  return table(
    result.files.map((file) => [
      file.path,
      `${file.size}`,
      `${file.origin}${file.discOnly ? '; not visible on the stick' : ''}`,
    ]),
  );
}

function renderRegions(result: CreatedMedium): string[] {
  return table(result.regions.map((region) => [`0x${region.offset.toString(16)}`, `${region.size}`, region.purpose]));
}
