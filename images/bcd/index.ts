/** Public face of `images/bcd`. */
export { checkBcd } from './check.ts';
export { bcdCode } from './codes.ts';
export { describeBcd } from './describe.ts';
export { editBcd, type BcdEditor } from './edit.ts';
export { elementId, elementName } from './element-names.ts';
export {
  bootManagerElement,
  deviceElement,
  libraryElement,
  loaderElement,
  memoryTestElement,
  resumeElement,
} from './element-table.ts';
export { decodeElement, elementFormat, encodeElement, objectId, type ElementFormat } from './element-value.ts';
export { mediaObject, objectAlias, objectTitle, objectType, wellKnownObject } from './objects.ts';
export type { BcdCheckOptions, BcdProblem } from './problem.ts';
export { readBcd } from './read.ts';
export type { BcdDevice, BcdElement, BcdObject, BcdStore, BcdValue, Firmware, StoredElement } from './types.ts';
export { winpeStore, type WinpeStoreOptions } from './winpe-store.ts';
export { writeBcd } from './write.ts';
