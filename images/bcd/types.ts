/** Boot configuration stores in memory, in the words of bcdedit. Object ids are GUIDs in braces and lower case. */

/** Where something lies. */
export type BcdDevice =
  /** The device that the boot manager was loaded from: disc, partition, TFTP or HTTP server. */
  | { readonly kind: 'boot' }
  /** A WIM or SDI file on another device, loaded into memory. */
  | { readonly kind: 'ramdisk'; readonly parent: BcdDevice; readonly path: string }
  /** GUIDs without braces. */
  | { readonly kind: 'gpt-partition'; readonly partition: string; readonly disk: string }
  /** `offset` in bytes; `signature` of the MBR. */
  | { readonly kind: 'mbr-partition'; readonly offset: bigint; readonly signature: number }
  /** Another kind: the descriptor as it is, its first dword being `type`. */
  | { readonly kind: 'other'; readonly type: number; readonly descriptor: Uint8Array };

/** What an element says. The format is part of the element's id (element-value.ts). */
export type BcdValue =
  /** `options` is the id of an object with options for this device, or null. */
  | { readonly kind: 'device'; readonly device: BcdDevice; readonly options: string | null }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'object'; readonly id: string }
  | { readonly kind: 'objectList'; readonly ids: readonly string[] }
  | { readonly kind: 'integer'; readonly integer: bigint }
  | { readonly kind: 'boolean'; readonly on: boolean }
  | { readonly kind: 'integerList'; readonly integers: readonly bigint[] }
  /** The stored data do not have the form that the id asks for, or the id has an unknown format. */
  | { readonly kind: 'unreadable'; readonly reason: string };

/** The registry value behind an element. */
export interface StoredElement {
  readonly type: number;
  readonly data: Uint8Array;
}

export interface BcdElement {
  readonly id: number;
  readonly value: BcdValue;
  /** As read; written again as it is. A changed element is a new one without it. */
  readonly stored?: StoredElement;
}

export interface BcdObject {
  readonly id: string;
  /** Class, kind of program and number, as 0x10200003 (objects.ts). */
  readonly type: number;
  /** In ascending order of ids when read. */
  readonly elements: readonly BcdElement[];
}

export interface BcdStore {
  /** `Description\KeyName`: means nothing; Microsoft's own media hold garbage there. */
  readonly keyName?: string;
  readonly objects: readonly BcdObject[];
}

export type Firmware = 'uefi' | 'bios';
