// UDF 1.02 as boot loaders read it (boot-standards 4.2, 4.3b): the anchor at 2048-byte block 256, the main volume
// descriptors, one type 1 partition, file entries of tag 261 with short_ads. Descriptor CRCs are not checked, as they
// are not by the real ones; what another form would need (266, long_ads, embedded data) is refused.
#include "sample.h"

enum {
  TAG_ANCHOR = 2, TAG_PARTITION = 5, TAG_LOGICAL_VOLUME = 6, TAG_TERMINATOR = 8, TAG_FILE_SET = 256, TAG_FILE_ID = 257,
  TAG_FILE_ENTRY = 261,
  FID_DIRECTORY = 2, FID_DELETED = 4, FID_PARENT = 8,
  FID_SIZE = 38,
  ICB_DIRECTORY = 4, ICB_FILE = 5,
  DIRECTORY_LIMIT = 1 << 22, // bytes; read into memory
};

static u64 partition_start, partition_length; // blocks
static u32 root_block;
static u8 descriptor[DISC_BLOCK];

static _Noreturn void damaged(const char *what) { fail(STATUS_UNSUCCESSFUL, NULL, what); }

// Reads one block and gives its tag, or 0 for a block whose tag has a wrong checksum.
static u32 read_descriptor(u64 block) {
  u8 sum = 0;
  disc_bytes(block * DISC_BLOCK, descriptor, DISC_BLOCK);
  for (u32 i = 0; i < 16; i++) sum += i == 4 ? 0 : descriptor[i];
  return sum == descriptor[4] ? get16(descriptor) : 0;
}

static u32 read_in_partition(u32 block) {
  if (block >= partition_length) damaged("UDF block outside its partition");
  return read_descriptor(partition_start + block);
}

u8 udf_open(void) {
  if (read_descriptor(256) != TAG_ANCHOR) return 0;
  u64 blocks = get32(descriptor + 16) / DISC_BLOCK, first = get32(descriptor + 20);
  u32 file_set = 0, have = 0;
  if (blocks > 256) blocks = 256;
  for (u64 i = 0; i < blocks; i++) {
    u32 tag = read_descriptor(first + i);
    if (tag == TAG_TERMINATOR) break;
    if (tag == TAG_PARTITION) {
      partition_start = get32(descriptor + 188);
      partition_length = get32(descriptor + 192);
      have |= 1;
    } else if (tag == TAG_LOGICAL_VOLUME) {
      if (get32(descriptor + 212) != DISC_BLOCK) damaged("UDF block size");
      if (get32(descriptor + 268) != 1 || descriptor[440] != 1) damaged("UDF partition map");
      file_set = get32(descriptor + 252);
      have |= 2;
    }
  }
  if (have != 3) damaged("UDF volume descriptors");
  if (read_in_partition(file_set) != TAG_FILE_SET) damaged("UDF file set");
  root_block = get32(descriptor + 404);
  return 1;
}

// Opens the file entry at a block of the partition; gives its ICB file type.
static u8 open_entry(u32 block, file *out) {
  if (read_in_partition(block) != TAG_FILE_ENTRY) damaged("UDF file entry");
  if (descriptor[34] & 7) damaged("UDF file entry without short_ads");
  u64 left = out->size = get64(descriptor + 56);
  u32 at = get32(descriptor + 168), length = get32(descriptor + 172); // extended attributes come before
  if (at > DISC_BLOCK - 176 || length > DISC_BLOCK - 176 - at) damaged("UDF file entry length");
  out->extent_count = 0;
  for (at += 176; length >= 8 && left; at += 8, length -= 8) {
    u32 size = get32(descriptor + at);
    if (size >> 30) damaged("UDF extent not recorded");
    if (size == 0) break;
    out->extent[out->extent_count].offset = (partition_start + get32(descriptor + at + 4)) * DISC_BLOCK;
    out->extent[out->extent_count++].length = size;
    left = size < left ? left - size : 0;
  }
  if (left) damaged("UDF extents shorter than the file");
  return descriptor[27];
}

// Names are 8-bit or big-endian 16-bit characters behind a byte that says which; compared without case.
static u8 same_name(const u8 *name, u32 length, const char16 *text) {
  u32 width = length && name[0] == 16 ? 2 : 1, i = 1;
  for (; i + width <= length; i += width, text++) {
    char16 c = width == 1 ? name[i] : (char16)(name[i] << 8 | name[i + 1]);
    if (!*text || upper(c) != upper(*text)) return 0;
  }
  return length > 1 && !*text;
}

// The block of the entry with that name in an open directory; 0 when there is none (block 0 is the file set's).
static u32 look_up(file *directory, const char16 *name) {
  if (directory->size > DIRECTORY_LIMIT) damaged("UDF directory too large");
  u8 *list = allocate(directory->size);
  u32 found = 0;
  disc_read(directory, 0, list, directory->size);
  for (u64 at = 0; at < directory->size && !found;) {
    const u8 *fid = list + at;
    u64 left = directory->size - at;
    if (left < FID_SIZE || get16(fid) != TAG_FILE_ID) damaged("UDF directory");
    u32 extra = get16(fid + 36), name_length = fid[19], length = (FID_SIZE + extra + name_length + 3) & ~3u;
    if (length > left) damaged("UDF directory");
    if (!(fid[18] & (FID_DELETED | FID_PARENT)) && same_name(fid + FID_SIZE + extra, name_length, name)) {
      found = get32(fid + 24);
    }
    at += length;
  }
  release(list, directory->size);
  return found;
}

u8 udf_find(const char16 *path, file *out) {
  char16 name[MAX_PATH];
  u8 type = open_entry(root_block, out);
  while (next_component(&path, name)) {
    if (type != ICB_DIRECTORY) return 0;
    u32 block = look_up(out, name);
    if (!block) return 0;
    type = open_entry(block, out);
  }
  return type == ICB_FILE;
}
