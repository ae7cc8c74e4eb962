/** Public face of `images/hive`. */
export { checkHive, headerProblems, type HiveProblem } from './check.ts';
export { hiveCode } from './codes.ts';
export { editHive, openHiveEditor } from './edit.ts';
export type { HiveLog } from './log.ts';
export { sameName, upperCaseName } from './names.ts';
export { treeOf } from './new-tree.ts';
export { openHive, parseHive } from './read.ts';
export {
  registryType,
  type Hive,
  type HiveEditOptions,
  type HiveEditor,
  type HiveKey,
  type HiveReadOptions,
  type HiveValue,
  type HiveWriteOptions,
  type NewKey,
  type NewValue,
} from './types.ts';
export { newValue, readMultiString, readString, typeName } from './value-data.ts';
export { writeHive } from './write.ts';
