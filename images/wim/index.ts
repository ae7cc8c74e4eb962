/** Public face of `images/wim`. */
export { appendImage, type AppendOptions, type AppendReport } from './append.ts';
export { applyImage, type ApplyOptions, type ApplyReport } from './apply.ts';
export { bootability } from './boot-check.ts';
export { captureWim, type CapturedImage, type CaptureOptions, type CaptureReport } from './capture.ts';
export type { CaptureNode } from './capture-tree.ts';
export { checkHeader } from './check.ts';
export { wimCode } from './codes.ts';
export type { WrittenForm } from './contents.ts';
export { exportWim, type ExportOptions, type ExportReport } from './export.ts';
export { extractImage, extractTree, type ExtractOptions, type ExtractReport } from './extract.ts';
export { dataHash } from './dentry.ts';
export { describeImage, type DescribedEntry } from './describe.ts';
export { wimHeader, type ResourceHeader, type WimHeader } from './layout.ts';
export { joinedParts } from './parts.ts';
export { openWim } from './read.ts';
export type {
  MadeWim,
  NewContent,
  NewImage,
  UpdatedWim,
  UpdateReport,
  WimChange,
  WimUpdate,
  WindowsInfo,
  WriteWimOptions,
} from './change-types.ts';
export type { Dentry, DentryStream } from './dentry-types.ts';
export type {
  Blob,
  BlobTable,
  OpenWimOptions,
  Problem,
  SkippedItem,
  Wim,
  WimImage,
  WimImageInfo,
  WimLimits,
  WimReport,
  WimVersion,
} from './types.ts';
export { planSplit, writeSplitPart, type SplitPart, type SplitPlan } from './split.ts';
export { updateWim } from './update.ts';
export { updateInto, type UpdateIntoOptions } from './update-into.ts';
export { assertSound, verifyWim, type VerifyOptions } from './verify.ts';
export { applyInPlace, writeMadeWim } from './place.ts';
export { writeWim } from './write.ts';
