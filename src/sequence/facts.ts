/**
 * What is known of a machine: described by hand, or recorded on it. What facts do not say is unknown, never false: a missing
 * key is unknown, an empty list or `null` says that there is none.
 */
import * as z from 'zod';
import { InputError } from '../core/index.ts';
import { sequenceCode } from './codes.ts';

const text = z.string().max(4000);
const count = z.int().nonnegative();
const mac = z.string().regex(/^[0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2}){5}$/, 'expected six bytes as 00:15:5D:00:00:01');
const architecture = z.enum(['x86', 'x64', 'arm64']);

const partition = z.strictObject({
  index: count.optional(),
  /** `C:`. */
  letter: z
    .string()
    .regex(/^[A-Za-z]:$/, 'expected a drive letter as C:')
    .optional(),
  fileSystem: text.optional(),
  label: text.optional(),
  /** Bytes. */
  size: count.optional(),
  /** Bytes. */
  free: count.optional(),
});

const disk = z.strictObject({
  index: count,
  /** Bytes. */
  size: count.optional(),
  model: text.optional(),
  serialNumber: text.optional(),
  /** `IDE`, `SCSI`, `USB`: Win32_DiskDrive.InterfaceType. */
  interface: text.optional(),
  removable: z.boolean().optional(),
  partitionStyle: z.enum(['gpt', 'mbr', 'raw']).optional(),
  partitions: z.array(partition).max(128).optional(),
});

const networkAdapter = z.strictObject({
  name: text.optional(),
  /** Name of the connection: `Ethernet`. */
  connection: text.optional(),
  mac: mac.optional(),
  /** Win32_NetworkAdapter.NetConnectionStatus: 2 is connected. */
  netConnectionStatus: count.max(255).optional(),
  physical: z.boolean().optional(),
  wireless: z.boolean().optional(),
  dhcp: z.boolean().optional(),
  ipAddresses: z.array(text).max(64).optional(),
  gateways: z.array(text).max(64).optional(),
});

const runningSystem = z.strictObject({
  /** `10.0.22631`. */
  version: text.optional(),
  build: text.optional(),
  caption: text.optional(),
  /** 1 client, 2 domain controller, 3 server. */
  productType: z.int().min(1).max(3).optional(),
  /** Win32_OperatingSystem.OperatingSystemSKU: 4 Enterprise, 48 Professional. */
  sku: count.optional(),
  architecture: architecture.optional(),
  /** LCID as number: 1031 is German. */
  language: count.max(0xffff_ffff).optional(),
  /** Locale as four hexadecimal digits: `0407` is German (Win32_OperatingSystem.Locale). */
  locale: text.optional(),
  /** `C:\Windows`. */
  windowsFolder: text.optional(),
  /** Bytes on the volume of the Windows folder. */
  freeSpace: count.optional(),
  /** Windows PE runs. */
  winPE: z.boolean().optional(),
});

const wmiValue = z.union([
  text,
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.union([text, z.number(), z.boolean()])).max(256),
]);

/** The file form: JSON of this shape. */
export const factsSchema = z.strictObject({
  name: text.optional(),
  macAddresses: z.array(mac).max(64).optional(),
  smbiosGuid: z
    .string()
    .regex(/^\{?[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?$/, 'expected a GUID')
    .optional(),
  serialNumber: text.optional(),
  assetTag: text.optional(),
  firmware: z.enum(['bios', 'uefi']).optional(),
  secureBoot: z.boolean().optional(),
  architecture: architecture.optional(),
  manufacturer: text.optional(),
  model: text.optional(),
  /** Win32_ComputerSystemProduct.Version: where Lenovo writes the model's name. */
  modelVersion: text.optional(),
  family: text.optional(),
  sku: text.optional(),
  baseBoardProduct: text.optional(),
  biosVersion: text.optional(),
  /** SMBIOS numbers: 3 desktop, 9 laptop, 10 notebook, 30 tablet. */
  chassisTypes: z.array(count.max(255)).max(16).optional(),
  /** Megabytes. */
  memory: count.optional(),
  processor: z
    .strictObject({
      name: text.optional(),
      /** Megahertz. */
      speed: count.optional(),
      cores: count.optional(),
      logicalProcessors: count.optional(),
    })
    .optional(),
  disks: z.array(disk).max(256).optional(),
  networkAdapters: z.array(networkAdapter).max(256).optional(),
  /** Empty: no battery. Status as in Win32_Battery.BatteryStatus: 1 discharging, 2 on mains. */
  batteries: z
    .array(z.strictObject({ status: count.max(255).optional(), name: text.optional() }))
    .max(16)
    .optional(),
  /** Null: no TPM. */
  tpm: z
    .strictObject({
      enabled: z.boolean().optional(),
      activated: z.boolean().optional(),
      owned: z.boolean().optional(),
      /** `2.0, 0, 1.38`. */
      specVersion: text.optional(),
    })
    .nullable()
    .optional(),
  /** Null: in no domain. */
  domain: text.nullable().optional(),
  workgroup: text.nullable().optional(),
  /** Null: nothing runs from a disk (bare metal). */
  runningSystem: runningSystem.nullable().optional(),
  /** Recorded instances by class; a list holds all instances, a property that is not in it is unknown, null is NULL. */
  wmi: z.record(z.string(), z.array(z.record(z.string(), wmiValue)).max(4096)).optional(),
  /** Files and folders by path; null: known to be missing. */
  files: z
    .record(
      z.string(),
      z
        .strictObject({
          folder: z.boolean().optional(),
          version: text.optional(),
          /** CIM date or ISO 8601 with zone. */
          modified: text.optional(),
        })
        .nullable(),
    )
    .optional(),
  /** Registry keys by full path, values by name (`` is the default value); null: known to be missing. */
  registry: z
    .record(z.string(), z.record(z.string(), z.union([text, z.number(), z.array(text).max(256), z.null()])).nullable())
    .optional(),
  /** All products installed by Windows Installer. */
  software: z
    .array(
      z.strictObject({
        name: text.optional(),
        productCode: text.optional(),
        upgradeCode: text.optional(),
        version: text.optional(),
      }),
    )
    .max(16_384)
    .optional(),
  /** Task sequence variables as recorded on the machine. */
  variables: z.record(z.string(), text).optional(),
});

/** Facts of one machine; every key may be missing. */
export type MachineFacts = z.infer<typeof factsSchema>;

/** Facts from the data of a JSON file. Throws InputError (`SEQUENCE_FACTS`) that names every wrong place. */
export function parseFacts(data: unknown, place = 'facts'): MachineFacts {
  const parsed = factsSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.') || 'top'}: ${message}`);
  const more = lines.length > 20 ? `; and ${lines.length - 20} more` : '';
  throw new InputError(sequenceCode.SEQUENCE_FACTS, `${place}: ${lines.slice(0, 20).join('; ')}${more}`, {
    details: { place, problems: lines.slice(0, 100) },
    hint: 'Facts are JSON with the keys of the facts schema; what is not known is left out.',
  });
}
