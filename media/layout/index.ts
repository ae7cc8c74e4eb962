/** Public face of `media/layout`. */
export { bootSdiPath, bootStores, bootWimPath, storePath } from './boot-stores.ts';
export { bootOptions } from './disc-boot.ts';
export { discIds, mediaTime } from './disc-identity.ts';
