// ISO 9660, for media without UDF: the primary tree alone, names without case, version and final dot.
#include "sample.h"

static u32 root_block;
static u64 root_size;
enum { RECORD_SIZE = 33, RECORD_DIRECTORY = 2, RECORD_MORE_EXTENTS = 0x80 };

u8 iso_open(void) {
  u8 descriptor[256];
  for (u32 block = 16; block < 64; block++) {
    disc_bytes((u64)block * DISC_BLOCK, descriptor, sizeof descriptor);
    if (!same(descriptor + 1, "CD001", 5) || descriptor[0] == 255) return 0;
    if (descriptor[0] != 1) continue;
    root_block = get32(descriptor + 156 + 2);
    root_size = get32(descriptor + 156 + 10);
    return 1;
  }
  return 0;
}

static u8 same_name(const u8 *name, u32 length, const char16 *text) {
  for (u32 i = 0; i < length; i++)
    if (name[i] == ';') length = i;
  if (length && name[length - 1] == '.') length--;
  for (u32 i = 0; i < length; i++, text++)
    if (!*text || upper(name[i]) != upper(*text)) return 0;
  return length && !*text;
}

u8 iso_find(const char16 *path, file *out) {
  char16 name[MAX_PATH];
  u8 flags = RECORD_DIRECTORY, record[256];
  out->extent_count = 1;
  out->extent[0].offset = (u64)root_block * DISC_BLOCK;
  out->size = out->extent[0].length = root_size;
  while (next_component(&path, name)) {
    if (!(flags & RECORD_DIRECTORY)) return 0;
    u64 at = 0;
    for (;;) {
      if (at >= out->size) return 0;
      u64 left = DISC_BLOCK - at % DISC_BLOCK; // records never cross a block
      if (left > out->size - at) left = out->size - at;
      disc_read(out, at, record, 1);
      if (record[0] <= RECORD_SIZE || record[0] > left) {
        at += left; // 0: the rest of the block is empty
        continue;
      }
      disc_read(out, at, record, record[0]);
      at += record[0];
      if (RECORD_SIZE + record[32] <= record[0] && same_name(record + RECORD_SIZE, record[32], name)) break;
    }
    flags = record[25];
    if (flags & RECORD_MORE_EXTENTS) return 0; // a file of 4 GiB or more is never a boot file
    out->extent[0].offset = (u64)(get32(record + 2) + record[1]) * DISC_BLOCK;
    out->size = out->extent[0].length = get32(record + 10);
  }
  return !(flags & RECORD_DIRECTORY);
}
