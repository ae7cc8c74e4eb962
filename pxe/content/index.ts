/** Public face of `pxe/content`. */
export { arenaBytes, freeSeat, openArena, takeSeat, takeSeats, type Arena, type Seat } from './cache-arena.ts';
export { chunkPlace, packetsPerChunk, type ChunkForm, type ChunkPlace } from './cache-form.ts';
export { attachCache, type Cache, type CacheCounts, type CacheOptions, type Chunk } from './cache.ts';
export { contentCode } from './codes.ts';
export type { RefusedEvent, ServedOutcome, UsedEvent } from './events.ts';
export type { ServerOwner } from './owner.ts';
export { openPublications, type Publications } from './publications.ts';
export { findRoute, indexRoutes, type RouteIndex } from './routes.ts';
export { openSticky, type StickyFolders } from './sticky.ts';
export { newServedSums, type ServedSums } from './sums.ts';
export type { FileClass, FoundRoute, MakeFile, Route, RouteTable, ServedBytes, ServedFile } from './types.ts';
export { openVersions, releasedByAll, type HeldTable, type Versions } from './versions.ts';
