// A whole medium (CD, stick or RAM disk) in blocks of 2048 bytes, whatever its own block size is, and the files on it.
// UDF is used when there is an anchor, ISO 9660 only when there is none; Joliet never (boot-chain 5.6).
#include "sample.h"

static block_io *medium;
static u8 *block;   // one block, aligned
static u8 is_udf;
enum { RUN = 1 << 20 }; // bytes a call when a caller's buffer can take them directly

static void read_blocks(u64 first, u64 size, void *to) {
  const block_media *m = medium->media;
  u64 lba = first * (DISC_BLOCK / m->block_size);
  if (lba > m->last || size / m->block_size > m->last - lba + 1) fail(STATUS_UNSUCCESSFUL, NULL, "read behind the end of the medium");
  if (medium->read(medium, m->id, lba, size, to)) fail(STATUS_UNSUCCESSFUL, NULL, "medium read");
}

void disc_bytes(u64 offset, void *to, u64 size) {
  u8 *out = to;
  while (size) {
    u64 skip = offset % DISC_BLOCK, part;
    if (skip == 0 && size >= DISC_BLOCK && (u64)out % 4096 == 0) {
      part = size - size % DISC_BLOCK;
      if (part > RUN) part = RUN;
      read_blocks(offset / DISC_BLOCK, part, out);
    } else {
      part = DISC_BLOCK - skip;
      if (part > size) part = size;
      read_blocks(offset / DISC_BLOCK, DISC_BLOCK, block);
      copy(out, block + skip, part);
    }
    out += part;
    offset += part;
    size -= part;
  }
}

void disc_open(block_io *whole) {
  medium = whole;
  u32 size = whole->media->block_size;
  if (size == 0 || size > DISC_BLOCK || DISC_BLOCK % size) fail(STATUS_UNSUCCESSFUL, NULL, "block size of the medium");
  block = allocate(DISC_BLOCK);
  is_udf = udf_open();
  if (!is_udf && !iso_open()) fail(STATUS_NO_SUCH_FILE, NULL, "neither UDF nor ISO 9660 on the medium");
}

u8 disc_find(const char16 *path, file *out) { return is_udf ? udf_find(path, out) : iso_find(path, out); }

void disc_read(file *from, u64 offset, void *to, u64 size) {
  u8 *out = to;
  for (u32 i = 0; i < from->extent_count && size; i++) {
    u64 length = from->extent[i].length;
    if (offset >= length) {
      offset -= length;
      continue;
    }
    u64 part = length - offset;
    if (part > size) part = size;
    disc_bytes(from->extent[i].offset + offset, out, part);
    out += part;
    size -= part;
    offset = 0;
  }
  if (size) fail(STATUS_UNSUCCESSFUL, NULL, "file has fewer extents than bytes");
}

u32 next_component(const char16 **path, char16 *component) {
  u32 length = 0;
  const char16 *at = *path;
  if (*at == '\\') at++;
  while (*at && *at != '\\') component[length++] = *at++;
  component[length] = 0;
  *path = at;
  return length;
}
