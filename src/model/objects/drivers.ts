/** Drivers and packages of them (IMG-11 to IMG-15). What a package or boot image holds is said there, not in the driver. */
import * as z from 'zod';
import { architecture, contentObject, type DeepReadonly, optional, reference, text, yesNo } from './fields.ts';

export const driver = z.strictObject({
  ...contentObject,
  categories: optional(z.array(text('Category'), { error: 'a list of categories' })),
  enabled: optional(yesNo('A disabled driver is neither matched nor installed (default true)')),
  inf: optional(text('INF file in the content')),
  provider: optional(text('Provider')),
  class: optional(text('Device class, such as Net')),
  date: optional(text('Date of the driver')),
  architectures: optional(z.array(architecture('Architecture'), { error: 'a list of architectures' })),
  hardwareIds: optional(z.array(text('Hardware id'), { error: 'a list of hardware ids' })),
});
export type Driver = DeepReadonly<z.output<typeof driver>>;

export const driverPackage = z.strictObject({
  ...contentObject,
  model: optional(text('Model name that pre-cache compares with the computer (configmgr-formats 7.6)')),
  drivers: optional(z.array(reference('Driver'), { error: 'a list of drivers' })),
});
export type DriverPackage = DeepReadonly<z.output<typeof driverPackage>>;
