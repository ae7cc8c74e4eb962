/** Classes of which a computer has one instance, or few: system, product, enclosure, processor, battery. */
import type { WqlClass, WqlInstance, WqlInstances } from './class-types.ts';

const one = (instance: WqlInstance): WqlInstances => ({ instances: [instance] });

/** `value` with `unit` bytes each, or unknown. */
const bytes = (value: number | undefined, unit: number): number | undefined =>
  value === undefined ? undefined : value * unit;

const SYSTEM_TYPES = { x86: 'X86-based PC', x64: 'x64-based PC', arm64: 'ARM64-based PC' } as const;
const OS_ARCHITECTURES = { x86: '32-bit', x64: '64-bit', arm64: 'ARM 64-bit Processor' } as const;
const PROCESSOR_ARCHITECTURES = { x86: 0, x64: 9, arm64: 12 } as const;

export const SYSTEM_CLASSES: readonly WqlClass[] = [
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
];
