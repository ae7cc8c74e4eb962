/** Error codes of `images/bcd`. */
import { registerCodes } from '../../src/core/index.ts';

const entries = {
  BCD_NOT_A_STORE: {
    title: 'The hive is not a boot configuration store.',
    remedy: 'Check that the right file was given: a store has the key `Objects`.',
  },
  BCD_NO_DESCRIPTION_KEY: {
    title: 'The store has no key `Description` in its root; the boot manager refuses such a store.',
    remedy: 'Write the store again; the key may be empty, but must be there.',
  },
  BCD_NO_BOOT_MANAGER: {
    title: 'The store has no boot manager object.',
    remedy: 'Add the object {9dea862c-5cdd-4e70-acc1-f32b344d4795} of type 0x10100002.',
  },
  BCD_NO_ENTRY: {
    title: 'The boot manager object names no entry to start, or one that the store does not hold.',
    remedy: 'Set `default` or `displayorder` of the boot manager object to the id of a loader object.',
  },
  BCD_OBJECT: {
    title: 'An object of the store is damaged.',
    remedy: 'Write the store again, or take it from a backup.',
  },
  BCD_ELEMENT: {
    title: 'An element that starting needs cannot be read.',
    remedy: 'Set the element again; the message tells what its data should be.',
  },
  BCD_DEVICE: { title: 'A device element is damaged.', remedy: 'Set the device again.' },
  BCD_NO_LOADER_DESCRIPTION: {
    title: 'The loader has no description; the boot manager refuses to start it.',
    remedy: 'Set `description` (12000004) of the loader object.',
  },
  BCD_NO_LOADER_DEVICE: {
    title: 'The loader has no device; the boot manager refuses to start it.',
    remedy: 'Set `device` (11000001) of the loader object.',
  },
  BCD_NO_OS_DEVICE: {
    title: 'The loader has no OS device; winload starts and stops.',
    remedy: 'Set `osdevice` (21000001) of the loader object to the same value as `device`.',
  },
  BCD_NO_SYSTEM_ROOT: {
    title: 'The loader has no system root; winload starts and stops.',
    remedy: 'Set `systemroot` (22000002) of the loader object, usually to \\windows.',
  },
  BCD_LOADER_FIRMWARE: {
    title: 'The loader is for the other kind of firmware.',
    remedy: 'UEFI starts winload.efi, BIOS winload.exe: set `path` (12000002) of the loader object.',
  },
  BCD_WIM_ABSENT: {
    title: 'The boot image that the store names is not on the medium.',
    remedy: 'Put the WIM where the ramdisk device says, or change `device` and `osdevice`.',
  },
  BCD_SDI_ABSENT: {
    title: 'The SDI file that a RAM disk needs is not on the medium.',
    remedy: 'Put boot.sdi where `ramdisksdipath` (32000004) says; without that element it is \\boot\\boot.sdi.',
  },
  BCD_NEW_STORE: {
    title: 'A store cannot be written as given.',
    remedy: 'Correct the object or element that the message names.',
  },
  BCD_EDIT: {
    title: 'A change to a store is not possible.',
    remedy: 'Correct the object that the message names.',
  },
} as const;

export const bcdCode = registerCodes(entries);

/** What to do about a problem. */
export function remedyOf(code: keyof typeof entries): string {
  return entries[code].remedy;
}
