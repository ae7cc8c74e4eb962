/** Public face of `src/app`: the use cases, and what the faces need to run them. */
export { checkInput } from './check-input.ts';
export { demo, type Demo } from './demo.ts';
export { imageApply, type AppliedImage } from './image-apply.ts';
export { imageCapture, type CapturedFolder } from './image-capture.ts';
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
export { contentAdd } from './content-add.ts';
export { deploymentList, type ListedDeployment } from './deployment-list.ts';
export { deploymentNew, type NewDeployment } from './deployment-new.ts';
export { deploymentRemove } from './deployment-remove.ts';
export { deploymentShow, type ShownDeployment } from './deployment-show.ts';
export { deploymentTargets, type DeploymentTargets } from './deployment-targets.ts';
export { devicePolicy, type DevicePolicy } from './device-policy.ts';
export { deviceImport } from './device-import.ts';
export { imageImport, type ImportedImage } from './image-import.ts';
export { secretSeal, type SealedSecret } from './secret-seal.ts';
export { siteCheck, type SiteCheck } from './site-check.ts';
export { siteInit, type NewSite } from './site-init.ts';
export { siteShow, type ShownObject } from './site-show.ts';
export { taskSequenceExport, type SequenceExport } from './task-sequence-export.ts';
export { taskSequenceImport, type SequenceImport } from './task-sequence-import.ts';
export { taskSequenceList, type ListedSequence } from './task-sequence-list.ts';
export type { NewSequence } from './new-sequence.ts';
export { taskSequenceNew } from './task-sequence-new.ts';
export { taskSequenceShow, type ShownItem, type ShownSequence } from './task-sequence-show.ts';
export { objectChoices } from './template-choices.ts';
export {
  type NamedQuestion as TemplateQuestion,
  questionsOf as templateQuestions,
  type TemplateKind,
} from '../templates/index.ts';
export type { ChangedFile, ChangedSite } from './site-changes.ts';
export type { Services, UseCase } from './use-case.ts';
