/**
 * Which instances of WMI classes the facts of a machine describe: one table. A property that the facts do not say is undefined
 * (unknown); a property that is not listed is unknown, too. Names and meanings: Microsoft Learn, "Win32 provider classes".
 */
import type { WqlClass } from './class-types.ts';
import { DEVICE_CLASSES } from './device-classes.ts';
import { SYSTEM_CLASSES } from './system-classes.ts';

export const WQL_CLASSES: readonly WqlClass[] = [...SYSTEM_CLASSES, ...DEVICE_CLASSES];
