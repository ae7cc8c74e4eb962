/**
 * The store that starts WinPE from a WIM: three objects, device `boot`. The same bytes serve disc, stick, TFTP and HTTP
 * (boot-chain.md 0 and 8); UEFI and BIOS differ in the loader's name alone.
 */
import { InputError } from '../../src/core/index.ts';
import { bcdCode } from './codes.ts';
import { bootManagerElement, deviceElement, libraryElement, loaderElement } from './element-table.ts';
import { mediaObject, objectType, wellKnownObject } from './objects.ts';
import type { BcdElement, BcdStore, BcdValue, Firmware } from './types.ts';

export interface WinpeStoreOptions {
  readonly firmware: Firmware;
  /** From the root of the medium, with backslashes; `\sources\boot.wim` unless given. */
  readonly wimPath?: string;
  /** `\boot\boot.sdi` unless given; TFTP servers may tell cases apart. */
  readonly sdiPath?: string;
  /** Inside the WIM; `\windows\system32\boot\winload.efi` or `.exe` unless given. */
  readonly loaderPath?: string;
  /** What a menu would show. */
  readonly description?: string;
  readonly locale?: string;
  /** Seconds; 30 unless given, as on all stores tried. With one entry there is no menu and nothing waits. */
  readonly timeout?: number;
  /** How the boot manager asks for SDI and WIM over TFTP; without it, lock-step blocks of 1456 bytes (boot-chain.md 4). */
  readonly tftp?: {
    /** Bytes, 8 to 65464 (RFC 2348). */
    readonly blockSize?: number;
    /** Blocks, 1 to 65535 (RFC 7440). */
    readonly windowSize?: number;
    /** Microsoft's own extension `msftwindow`. */
    readonly variableWindow?: boolean;
  };
}

/** The store, ready for `writeBcd`. Throws InputError (`BCD_NEW_STORE`) for relative paths and numbers out of range. */
export function winpeStore(options: WinpeStoreOptions): BcdStore {
  const wim = absolute('wimPath', options.wimPath ?? '\\sources\\boot.wim');
  const sdi = absolute('sdiPath', options.sdiPath ?? '\\boot\\boot.sdi');
  const loaderName = options.firmware === 'uefi' ? 'winload.efi' : 'winload.exe';
  const loader = absolute('loaderPath', options.loaderPath ?? `\\windows\\system32\\boot\\${loaderName}`);
  const ramdisk: BcdValue = {
    kind: 'device',
    device: { kind: 'ramdisk', parent: { kind: 'boot' }, path: wim },
    options: mediaObject.ramdiskOptions,
  };
  const locale = text(options.locale ?? 'en-US');
  return {
    keyName: 'BCD00000000',
    objects: [
      {
        id: mediaObject.ramdiskOptions,
        type: objectType.deviceOptions,
        elements: [
          {
            id: deviceElement.ramdisksdidevice,
            value: { kind: 'device', device: { kind: 'boot' }, options: null },
          },
          { id: deviceElement.ramdisksdipath, value: text(sdi) },
          ...tftpElements(options.tftp ?? {}),
        ],
      },
      {
        id: mediaObject.loader,
        type: objectType.osLoader,
        elements: [
          { id: libraryElement.device, value: ramdisk },
          { id: libraryElement.path, value: text(loader) },
          { id: libraryElement.description, value: text(options.description ?? 'osdkit Windows PE') },
          { id: libraryElement.locale, value: locale },
          { id: loaderElement.osdevice, value: ramdisk },
          { id: loaderElement.systemroot, value: text('\\windows') },
          // Not needed to reach winload, but WinPE needs both; every real store has them.
          { id: loaderElement.detecthal, value: { kind: 'boolean', on: true } },
          { id: loaderElement.winpe, value: { kind: 'boolean', on: true } },
          { id: loaderElement.ems, value: { kind: 'boolean', on: false } },
        ],
      },
      {
        id: wellKnownObject.bootmgr,
        type: objectType.bootManager,
        elements: [
          { id: libraryElement.description, value: text('Windows Boot Manager') },
          { id: libraryElement.locale, value: locale },
          { id: bootManagerElement.default, value: { kind: 'object', id: mediaObject.loader } },
          { id: bootManagerElement.displayorder, value: { kind: 'objectList', ids: [mediaObject.loader] } },
          { id: bootManagerElement.timeout, value: integer('timeout', options.timeout ?? 30, 0, 0xffff_ffff) },
        ],
      },
    ],
  };
}

function tftpElements(tftp: NonNullable<WinpeStoreOptions['tftp']>): readonly BcdElement[] {
  const elements: BcdElement[] = [];
  if (tftp.blockSize !== undefined) {
    const value = integer('tftp.blockSize', tftp.blockSize, 8, 65_464);
    elements.push({ id: deviceElement.ramdisktftpblocksize, value });
  }
  if (tftp.windowSize !== undefined) {
    const value = integer('tftp.windowSize', tftp.windowSize, 1, 65_535);
    elements.push({ id: deviceElement.ramdisktftpwindowsize, value });
  }
  if (tftp.variableWindow !== undefined) {
    elements.push({ id: deviceElement.ramdisktftpvarwindow, value: { kind: 'boolean', on: tftp.variableWindow } });
  }
  return elements;
}

function text(value: string): BcdValue {
  return { kind: 'string', text: value };
}

function integer(name: string, value: number, least: number, most: number): BcdValue {
  if (Number.isSafeInteger(value) && value >= least && value <= most)
    return { kind: 'integer', integer: BigInt(value) };
  throw new InputError(bcdCode.BCD_NEW_STORE, `${name} is ${value}, must be a whole number from ${least} to ${most}`);
}

function absolute(name: string, path: string): string {
  if (/^(\\[^\\/\0]+)+$/.test(path)) return path;
  const rule = 'must start with a backslash and use backslashes only';
  throw new InputError(bcdCode.BCD_NEW_STORE, `${name} is ${JSON.stringify(path)}: ${rule}`);
}
