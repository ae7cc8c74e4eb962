/** Public face of `src/store`. */
export { storeCode } from './codes.ts';
export { openContentFolder } from './file-content.ts';
export { openJournal, type JournalUpkeep, type OpenedJournal } from './file-journal.ts';
export { createSiteFolder, type NewSiteFile } from './file-new.ts';
export { checkSitePath, isSitePath, openSiteFolder } from './file-site.ts';
export { openBootState } from './state-libsql.ts';
export { memoryBootState } from './state-memory.ts';
export {
  BOOT_STATE_LIMITS,
  type BootApproval,
  type BootDelivery,
  type BootOffer,
  type BootRecord,
  type BootStart,
  type BootStateLimits,
  type BootStateStore,
  type BootSubject,
  type BootSubjects,
  type BootTry,
  type ClearedRecords,
  type ClientRecord,
  type SeenClient,
} from './state-types.ts';
export type { ContentAdded, ContentStore, SiteChange, SiteFile, SiteStore } from './types.ts';
