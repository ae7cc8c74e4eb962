/** Public face of `src/app`: the use cases, and what the faces need to run them. */
export { checkInput } from './check-input.ts';
export { demo, type Demo } from './demo.ts';
export { imageCreateIso, type CreatedIso } from './image-create-iso.ts';
export { imageExport } from './image-export.ts';
export { imageExtract, type ImageExtraction } from './image-extract.ts';
export { imageInspect, type ImageInspection } from './image-inspect.ts';
export { imageJoin } from './image-join.ts';
export { imageList, type ImageListing } from './image-list.ts';
export { imageOptimize } from './image-optimize.ts';
export type { RewrittenWim } from './image-rewrite.ts';
export { imageSplit, type SplitImage } from './image-split.ts';
export { imageTree, type ImageTree, type TreeLine } from './image-tree.ts';
export { imageUpdate, type UpdatedImage } from './image-update.ts';
export { imageVerify, type ImageVerification } from './image-verify.ts';
export { mediaCreateBootable, type CreatedMedium, type CreateBootableInput } from './media-create-bootable.ts';
export { mediaInspect, type MediaInspection, type ShownVariables } from './media-inspect.ts';
export { mediaVerify, type MediaVerification } from './media-verify.ts';
export type { Services, UseCase } from './use-case.ts';
