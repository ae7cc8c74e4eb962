/** Public face of `src/sequence`. */
export { sequenceCode } from './codes.ts';
export { factsSchema, parseFacts, type MachineFacts } from './facts.ts';
export { nearestHint, nearestName } from './nearest-name.ts';
export type { DataPath, PathProblem, SourceOf } from './path-problem.ts';
export { parseItems, type ParsedItems } from './yaml/items.ts';
export { conditionsToData, itemsToData, itemToData, type PlainData } from './yaml/write.ts';
