/**
 * Which instances of WMI classes the facts of a machine describe: one table. A property that the facts do not say is undefined
 * (unknown); a property that is not listed is unknown, too. Names and meanings: Microsoft Learn, "Win32 provider classes".
 */
import type { MachineFacts } from '../facts.ts';

/** Undefined: unknown; null: NULL. */
export type WqlValue = string | number | boolean | null | undefined | readonly (string | number | boolean)[];

export type WqlInstance = Readonly<Record<string, WqlValue>>;

export interface WqlInstances {
  /** Instances that exist. */
  readonly instances: readonly WqlInstance[];
  /** What Windows may have besides and facts do not list, as far as all of them are alike. */
  readonly possible?: readonly WqlInstance[];
}

export interface WqlClass {
  readonly name: string;
  /** Undefined: the facts do not say. */
  readonly read: (facts: MachineFacts) => WqlInstances | undefined;
  /** Default `root\cimv2`. */
  readonly namespace?: string;
}

const one = (instance: WqlInstance): WqlInstances => ({ instances: [instance] });

/** `value` with `unit` bytes each, or unknown. */
const bytes = (value: number | undefined, unit: number): number | undefined =>
  value === undefined ? undefined : value * unit;

const SYSTEM_TYPES = { x86: 'X86-based PC', x64: 'x64-based PC', arm64: 'ARM64-based PC' } as const;
const OS_ARCHITECTURES = { x86: '32-bit', x64: '64-bit', arm64: 'ARM 64-bit Processor' } as const;
const PROCESSOR_ARCHITECTURES = { x86: 0, x64: 9, arm64: 12 } as const;

export const WQL_CLASSES: readonly WqlClass[] = [
  {
    name: 'Win32_OperatingSystem',
    read: ({ runningSystem: system }) =>
      system
        ? one({
            Version: system.version,
            BuildNumber: system.build,
            Caption: system.caption,
            ProductType: system.productType,
            OperatingSystemSKU: system.sku,
            OSArchitecture: system.architecture && OS_ARCHITECTURES[system.architecture],
            OSLanguage: system.language,
            Locale: system.locale,
            WindowsDirectory: system.windowsFolder,
            SystemDirectory: system.windowsFolder && `${system.windowsFolder}\\system32`,
            SystemDrive: system.windowsFolder?.slice(0, 2),
          })
        : undefined,
  },
  {
    name: 'Win32_ComputerSystem',
    read: (facts) =>
      one({
        Name: facts.name,
        Manufacturer: facts.manufacturer,
        Model: facts.model,
        SystemFamily: facts.family,
        SystemSKUNumber: facts.sku,
        SystemType: facts.architecture && SYSTEM_TYPES[facts.architecture],
        TotalPhysicalMemory: bytes(facts.memory, 2 ** 20),
        NumberOfLogicalProcessors: facts.processor?.logicalProcessors,
        PartOfDomain: facts.domain === undefined ? undefined : facts.domain !== null,
        Domain: facts.domain ?? facts.workgroup,
        Workgroup: facts.workgroup,
      }),
  },
  {
    name: 'Win32_ComputerSystemProduct',
    read: (facts) =>
      one({
        Vendor: facts.manufacturer,
        Name: facts.model,
        Version: facts.modelVersion,
        UUID: facts.smbiosGuid?.replace(/[{}]/g, ''),
        IdentifyingNumber: facts.serialNumber,
        SKUNumber: facts.sku,
      }),
  },
  {
    name: 'Win32_SystemEnclosure',
    read: (facts) =>
      one({ ChassisTypes: facts.chassisTypes, SMBIOSAssetTag: facts.assetTag, SerialNumber: facts.serialNumber }),
  },
  {
    name: 'Win32_BIOS',
    read: (facts) => one({ SMBIOSBIOSVersion: facts.biosVersion, SerialNumber: facts.serialNumber }),
  },
  { name: 'Win32_BaseBoard', read: (facts) => one({ Product: facts.baseBoardProduct }) },
  {
    name: 'Win32_Battery',
    read: ({ batteries }) =>
      batteries && { instances: batteries.map(({ status, name }) => ({ BatteryStatus: status, Name: name })) },
  },
  {
    name: 'Win32_Processor',
    read: ({ processor, architecture, runningSystem }) =>
      one({
        Name: processor?.name,
        MaxClockSpeed: processor?.speed,
        NumberOfCores: processor?.cores,
        NumberOfLogicalProcessors: processor?.logicalProcessors,
        Architecture: architecture && PROCESSOR_ARCHITECTURES[architecture],
        AddressWidth: runningSystem?.architecture && (runningSystem.architecture === 'x86' ? 32 : 64),
      }),
  },
  {
    name: 'Win32_DiskDrive',
    read: ({ disks }) =>
      disks && {
        instances: disks.map((disk) => ({
          Index: disk.index,
          DeviceID: `\\\\.\\PHYSICALDRIVE${disk.index}`,
          Size: disk.size,
          Model: disk.model,
          Caption: disk.model,
          SerialNumber: disk.serialNumber,
          InterfaceType: disk.interface,
          MediaType: mediaType(disk.removable),
          Partitions: disk.partitions?.length,
        })),
      },
  },
  {
    name: 'Win32_DiskPartition',
    read: ({ disks }) =>
      (disks?.every(({ partitions }) => partitions) && {
        instances: disks.flatMap((disk) =>
          (disk.partitions ?? []).map(({ index, size }) => ({ DiskIndex: disk.index, Index: index, Size: size })),
        ),
      }) ||
      undefined,
  },
  {
    name: 'Win32_LogicalDisk',
    read: ({ disks }) =>
      (disks?.every(({ partitions }) => partitions) && {
        instances: disks.flatMap((disk) =>
          (disk.partitions ?? [])
            .filter(({ letter }) => letter !== undefined)
            .map((partition) => ({
              DeviceID: partition.letter,
              Name: partition.letter,
              DriveType: disk.removable === undefined ? undefined : disk.removable ? 2 : 3,
              FileSystem: partition.fileSystem,
              VolumeName: partition.label,
              Size: partition.size,
              FreeSpace: partition.free,
            })),
        ),
        // Network drives, discs, and the RAM disk of Windows PE are on no disk.
        possible: [{ DriveType: 4 }, { DriveType: 5 }, { DriveType: 6 }, { DriveType: 3, DeviceID: 'X:', Name: 'X:' }],
      }) ||
      undefined,
  },
  {
    name: 'Win32_NetworkAdapter',
    read: ({ networkAdapters }) =>
      networkAdapters && {
        instances: networkAdapters.map((adapter) => ({
          Name: adapter.name,
          Description: adapter.name,
          NetConnectionID: adapter.connection,
          MACAddress: adapter.mac?.toUpperCase().replaceAll('-', ':'),
          NetConnectionStatus: adapter.netConnectionStatus,
          PhysicalAdapter: adapter.physical,
        })),
        // Windows has software adapters that nobody lists.
        possible: [{ PhysicalAdapter: false }],
      },
  },
  {
    name: 'Win32_NetworkAdapterConfiguration',
    read: ({ networkAdapters }) =>
      networkAdapters && {
        instances: networkAdapters.map((adapter) => ({
          Description: adapter.name,
          MACAddress: adapter.mac?.toUpperCase().replaceAll('-', ':'),
          DHCPEnabled: adapter.dhcp,
          IPEnabled: adapter.ipAddresses && adapter.ipAddresses.length > 0,
          IPAddress: adapter.ipAddresses,
          DefaultIPGateway: adapter.gateways,
        })),
        possible: [{ IPEnabled: false }],
      },
  },
  // Facts have the sum only: how many modules make it is not known.
  { name: 'Win32_PhysicalMemory', read: () => undefined },
  {
    name: 'Win32_Tpm',
    namespace: 'root\\cimv2\\security\\microsofttpm',
    read: ({ tpm }) =>
      tpm === undefined
        ? undefined
        : {
            instances:
              tpm === null
                ? []
                : [
                    {
                      IsEnabled_InitialValue: tpm.enabled,
                      IsActivated_InitialValue: tpm.activated,
                      IsOwned_InitialValue: tpm.owned,
                      SpecVersion: tpm.specVersion,
                    },
                  ],
          },
  },
];

function mediaType(removable: boolean | undefined): string | undefined {
  if (removable === undefined) return undefined;
  return removable ? 'Removable Media' : 'Fixed hard disk media';
}
