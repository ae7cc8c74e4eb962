/** Public face of `src/exchange`. */
export { exchangeCode } from './codes.ts';
export {
  contentFolderName,
  exportFileName,
  exportPackage,
  type ExportedPackage,
  type ExportRequest,
} from './export-package.ts';
export { importMdt, type GivenFile } from './import-mdt.ts';
export {
  importPackage,
  type ImportedObject,
  type ImportedPackage,
  type ImportedSequence,
  type ImportOptions,
} from './import-package.ts';
export {
  mapReferences,
  withReferences,
  type ImportAction,
  type ImportChoice,
  type MappedObject,
  type MapRequest,
  type SiteObjectName,
} from './map-references.ts';
export type { ExportObject } from './reference-resolver.ts';
export type { ContentEntry } from './package-layout.ts';
export type { ImportedReference } from './references-info.ts';
export { decodeRules, encodeRules } from './rules-xml.ts';
export { findSecrets, withoutSecrets, type SecretPlace } from './secrets.ts';
export { readSequence, type SequenceContent } from './sequence-read.ts';
export type { SequenceReport, UnsupportedPlace, UsedFeature } from './sequence-report.ts';
export { writeSequence, type SequenceWriteOptions } from './sequence-write.ts';
export { zipLimits, type ZipLimits } from './zip-read.ts';
