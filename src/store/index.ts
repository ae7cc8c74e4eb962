/** Public face of `src/store`. */
export { storeCode } from './codes.ts';
export { openContentFolder } from './file-content.ts';
export { createSiteFolder, type NewSiteFile } from './file-new.ts';
export { checkSitePath, isSitePath, openSiteFolder } from './file-site.ts';
export type { ContentAdded, ContentStore, SiteChange, SiteFile, SiteStore } from './types.ts';
