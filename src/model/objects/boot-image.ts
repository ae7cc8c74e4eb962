import * as z from 'zod';
import {
  architecture,
  contentObject,
  type DeepReadonly,
  language,
  optional,
  reference,
  text,
  whole,
  yesNo,
} from './fields.ts';

/** A Windows PE that starts computers (IMG-01 to IMG-05). */
export const bootImage = z.strictObject({
  ...contentObject,
  architecture: architecture('Architecture of this Windows PE'),
  index: optional(whole('Image of the WIM file (default: its bootable one)', 1, 2 ** 31)),
  language: optional(language),
  osVersion: optional(text('Version of Windows PE, such as 10.0.26100.1')),
  default: optional(yesNo('Made from the default one of its architecture; others are custom (IMG-02)')),
  drivers: optional(z.array(reference('Driver in this image'), { error: 'a list of drivers' })),
  components: optional(z.array(text('Optional component'), { error: 'a list of components' })),
  pxe: optional(yesNo('Offered by points that answer PXE requests (default true)')),
});
export type BootImage = DeepReadonly<z.output<typeof bootImage>>;
