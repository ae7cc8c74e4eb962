/** Classes with an instance a device: disks, partitions, volumes, adapters, memory, TPM. */
import type { WqlClass } from './class-types.ts';

export const DEVICE_CLASSES: readonly WqlClass[] = [
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
