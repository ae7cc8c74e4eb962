/** What is worth knowing about a planned medium: which PCs it boots, what lacks, what a stick will not show. */
import type { DiscLayout } from '../../images/disc/index.ts';
import type { Problem } from '../../src/core/index.ts';
import type { BootImage } from '../boot-image/index.ts';
import { bootWimPath } from '../layout/index.ts';
import { bootableCode } from './codes.ts';
import type { Selection } from './types.ts';

/** Where a file of the medium comes from, in words. */
export function originOf(path: string, selection: Selection): string {
  const selected = selection.files.find(({ target }) => target === path);
  if (selected) return `${selected.from === 'image' ? 'boot image' : 'boot files'}: ${selected.path}`;
  return path === bootWimPath ? 'boot image, with media.json and variables appended' : 'generated';
}

/** Notes about what boots. */
export function bootNotes(boot: BootImage, selection: Selection): Problem[] {
  const notes: Problem[] = [
    ...(selection.loader
      ? [{ code: bootableCode.MEDIA_SECURE_BOOT, severity: 'note' as const, message: selection.loader.boots }]
      : []),
    ...selection.problems.map(withoutPath),
  ];
  const { bootIndex } = boot.image.wim;
  if (bootIndex !== boot.facts.index) {
    notes.push({
      code: bootableCode.MEDIA_BOOT_INDEX_SET,
      severity: 'note',
      message: `the boot index of the image given is ${bootIndex}, that of the copy on the medium ${boot.facts.index}`,
    });
  }
  return notes;
}

/** Notes about places: files that only the disc views show, layouts without BIOS start. */
export function placeNotes(layout: DiscLayout): Problem[] {
  return layout.warnings.map((message) => ({ code: bootableCode.MEDIA_LAYOUT, severity: 'note', message }));
}

function withoutPath({ code, severity, message, hint }: Problem): Problem {
  return { code, severity, message, ...(hint === undefined ? {} : { hint }) };
}
