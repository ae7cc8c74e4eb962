// Judges the head of boot.sdi and of boot.wim: what the boot manager refuses to make a ramdisk of (boot-chain 3).
#include "sample.h"

// boot-standards 1.3: at 0x400 eight entries of 64 bytes: type[4], 12 more, offset at 16, size at 24. The PART entry
// (the volume in front of the WIM) has to lie within the file.
u8 sdi_valid(const u8 *head, u64 file_size) {
  if (file_size < 0x600 || !same(head, "$SDI0001", 8)) return 0;
  for (u32 i = 0; i < 8; i++) {
    const u8 *entry = head + 0x400 + i * 64;
    if (!same(entry, "PART", 4)) continue;
    u64 offset = get64(entry + 16), size = get64(entry + 24);
    return offset >= 0x600 && size != 0 && offset <= file_size && size <= file_size - offset;
  }
  return 0;
}

enum {
  WIM_HEADER = 208, WIM_VERSION = 0x10d00,
  WIM_COMPRESSED = 0x2, WIM_XPRESS = 0x20000, WIM_LZX = 0x40000,
  WIM_OTHER_COMPRESSION = 0x80000 | 0x200000, // LZMS, the second XPRESS
  RESOURCE_METADATA = 0x2, RESOURCE_SOLID = 0x10,
};

// The header alone (MS-WIM format): size 8, version 12, flags 16, chunk size 20, part 40 of 42, images 44, boot
// metadata 96 (size 7 bytes, flags 1, offset 8, original size 8), boot index 120.
const char *wim_problem(const u8 *h, u64 file_size) {
  if (file_size < WIM_HEADER) return "WIM shorter than its header";
  if (same(h, "WLPWM\0\0", 8)) return "WIM is pipable";
  if (!same(h, "MSWIM\0\0", 8) || get32(h + 8) != WIM_HEADER) return "not a WIM";
  u32 flags = get32(h + 16);
  if (flags & WIM_OTHER_COMPRESSION) return "WIM compression";
  if (flags & WIM_COMPRESSED) {
    u32 kind = flags & (WIM_XPRESS | WIM_LZX);
    if (kind != WIM_XPRESS && kind != WIM_LZX) return "WIM compression";
    if (get32(h + 20) != 32768) return "WIM chunk size";
  }
  if (get32(h + 12) != WIM_VERSION) return "WIM version"; // e00: may hold solid resources
  if (get16(h + 40) != 1 || get16(h + 42) != 1) return "WIM is split";
  u32 boot_index = get32(h + 120);
  if (boot_index == 0 || boot_index > get32(h + 44)) return "WIM boot index";
  u64 size = get64(h + 96) & 0xffffffffffffff, offset = get64(h + 104);
  u8 resource = h[103];
  if (size == 0 || offset < WIM_HEADER || offset > file_size || size > file_size - offset) return "WIM boot metadata";
  if (!(resource & RESOURCE_METADATA) || resource & RESOURCE_SOLID) return "WIM boot metadata";
  return NULL;
}
