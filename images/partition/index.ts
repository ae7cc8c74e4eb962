/** Public face of `images/partition`. */
export { partitionCode } from './codes.ts';
export { readPartitionTable } from './read.ts';
export {
  MBR_FAT32_LBA,
  partitionType,
  type GptPartition,
  type GptTable,
  type MbrPartition,
  type MbrTable,
  type NoTable,
  type PartitionProblem,
  type PartitionTable,
} from './types.ts';
export { GPT_FIRST_USABLE, gptLastUsable, writeGpt, type GptOptions } from './write-gpt.ts';
export { writeMbr, type MbrOptions } from './write-mbr.ts';
