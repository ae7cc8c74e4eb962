/** Public face of `media/boot-image`. */
export { bootFile, bootFiles, loaderTargets, uefiFolder, type BootFile } from './boot-files.ts';
export { bootImageCode } from './codes.ts';
export { engineDlls, engineReadiness, type EngineReadiness } from './engine-dlls.ts';
export { inspectBootImage, inspectImage } from './inspect.ts';
export { selectBiosFiles, selectBootFiles } from './select.ts';
export type {
  Architecture,
  BiosFileSelection,
  BootFileSelection,
  BootFileState,
  BootImage,
  BootImageFacts,
  BootImageProblem,
  Flavour,
  InspectOptions,
  LoaderChoice,
  LoaderFacts,
  ProgramFacts,
  SelectedFile,
  SelectOptions,
  SigningCa,
  Start,
  WinpeTest,
} from './types.ts';
