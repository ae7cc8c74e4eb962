/** Public face of `images/sample`. */
export { sampleBootSdi, sampleSdiSize } from './boot-sdi.ts';
export { placeholderProgram, type PlaceholderProgram } from './placeholder-program.ts';
export { sampleBootImage, sampleTree, type SampleOptions } from './sample.ts';
