/** The kinds of sequences that the wizard makes (TPL-01), and what each begins with. */

export const TEMPLATE_KINDS = [
  'install',
  'build-and-capture',
  'capture',
  'upgrade',
  'user-state',
  'virtual-hard-disk',
  'custom',
  'non-os',
] as const;

export type TemplateKind = (typeof TEMPLATE_KINDS)[number];

export interface KindOfTemplate {
  /** As the wizard calls it, or the documents do. */
  readonly title: string;
  /** Whether it has a boot image; `never`: why not. */
  readonly bootImage: 'required' | 'optional' | { readonly never: string };
}

export const KINDS: Readonly<Record<TemplateKind, KindOfTemplate>> = {
  install: { title: 'Install an existing image package', bootImage: 'required' },
  'build-and-capture': { title: 'Build and capture a reference operating system image', bootImage: 'required' },
  capture: { title: 'Capture an existing reference computer', bootImage: 'required' },
  upgrade: {
    title: 'Upgrade an operating system from an upgrade package',
    bootImage: { never: 'an upgrade starts in the full operating system (TPL-101)' },
  },
  'user-state': { title: 'Capture and restore user state', bootImage: 'optional' },
  'virtual-hard-disk': { title: 'Install an existing image package to a virtual hard disk', bootImage: 'required' },
  custom: { title: 'Create a new custom task sequence', bootImage: 'optional' },
  'non-os': {
    title: 'Create a new custom task sequence without an operating system',
    bootImage: { never: 'a sequence that deploys no operating system runs under the one that is there (TPL-144)' },
  },
};

/** The kinds that apply an image in Windows PE. */
export const IMAGE_KINDS = ['install', 'build-and-capture', 'virtual-hard-disk'] as const;
