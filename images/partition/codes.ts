/** Error codes of `images/partition`. */
import { registerCodes } from '../../src/core/index.ts';

export const partitionCode = registerCodes({
  PARTITION_ENTRY: {
    title: 'A partition that its table cannot hold.',
    remedy: 'Change start, length, name or number of the partitions as the message says.',
  },
  PARTITION_BOOT_CODE: {
    title: 'Boot code does not fit into a master boot record.',
    remedy: 'This is a bug of osdkit: report it.',
  },
  PARTITION_HYBRID_MBR: {
    title: 'An MBR with a GPT entry (type EE) that is active or stands beside another entry.',
    remedy: "Use either an MBR or a GPT: Microsoft's boot manager starts from no mixture of both.",
  },
  PARTITION_SECTOR_SIZE: {
    title: 'A partition table for sectors of 4096 bytes.',
    remedy: 'Only tables for 512-byte sectors can be read; copy the partition itself into a file.',
  },
  PARTITION_OUT_OF_BOUNDS: {
    title: 'A partition reaches past the end of the medium.',
    remedy: 'The image is cut off, or was made for a larger medium.',
  },
  PARTITION_OVERLAP: { title: 'Two partitions share sectors.', remedy: 'Make the table anew.' },
  PARTITION_STATUS: {
    title: 'A status byte of an MBR entry is neither 00 nor 80.',
    remedy: 'Make the table anew: BIOSes refuse it.',
  },
  PARTITION_ACTIVE: { title: 'More than one MBR entry is active.', remedy: 'Mark one partition as active.' },
  PARTITION_EXTENDED: { title: 'The chain of logical partitions is damaged.', remedy: 'Make the table anew.' },
  PARTITION_IN_BOOT_SECTOR: {
    title: 'The boot sector of a file system holds something that looks like a partition table.',
    remedy: "Fill bytes 446 to 509 with zeros: firmware takes them for a table and Microsoft's boot manager fails.",
  },
  PARTITION_GPT_HEADER: { title: 'A GPT header is damaged.', remedy: 'sgdisk --repair, or make the table anew.' },
  PARTITION_GPT_BACKUP: {
    title: 'The backup of the GPT is damaged or not at the end of the medium.',
    remedy: 'After copying an image to a larger stick this is usual; sgdisk -e moves it to the end.',
  },
  PARTITION_GPT_UNPROTECTED: {
    title: 'A GPT stands without a protective MBR.',
    remedy: 'Firmware ignores such a table: make it anew.',
  },
});
