// Reads a registry hive as the boot manager does: base block, hive bins, key nodes, values (boot-chain 8). Every
// position comes from the file, so each is checked before use; whatever is damaged fails with 0xc000000f, the code that
// the real one shows for a damaged store.
#include "sample.h"

static const u8 *bins;          // the hive bins, behind the base block; cell offsets count from here
static u32 bins_size;
static u32 root;
static const char16 *hive_path; // for messages

static _Noreturn void damaged(const char *reason) { fail(STATUS_NO_SUCH_FILE, hive_path, reason); }

// The contents of an allocated cell of at least `least` bytes; *size, where wanted, gets how many there are.
static const u8 *cell(u32 offset, u32 least, u32 *size) {
  if (offset & 7 || offset >= bins_size || bins_size - offset < 8) damaged("cell outside the hive");
  u32 length = 0u - get32(bins + offset); // negative = allocated
  if (length > bins_size - offset || length < 8 || length - 4 < least) damaged("cell size");
  if (size) *size = length - 4;
  return bins + offset + 4;
}

void hive_open(u8 *bytes, u64 size, const char16 *path) {
  hive_path = path;
  if (size < 8192 || get32(bytes) != 0x66676572 /* regf */) damaged("not a hive");
  if (get32(bytes + 4) != get32(bytes + 8)) damaged("hive sequence numbers differ");
  if (get32(bytes + 20) != 1 || get32(bytes + 24) < 3 || get32(bytes + 24) > 6) damaged("hive version");
  if (get32(bytes + 28) != 0 || get32(bytes + 32) != 1) damaged("hive type");
  u32 sum = 0;
  for (u32 i = 0; i < 508; i += 4) sum ^= get32(bytes + i);
  if (sum == 0) sum = 1;
  if (sum == 0xffffffffu) sum = 0xfffffffeu;
  if (sum != get32(bytes + 508)) damaged("hive checksum");

  root = get32(bytes + 36);
  bins = bytes + 4096;
  bins_size = get32(bytes + 40);
  if (bins_size < 4096 || bins_size & 4095 || bins_size > size - 4096) damaged("hive length");
  for (u32 at = 0, length; at < bins_size; at += length) {
    length = get32(bins + at + 8);
    if (get32(bins + at) != 0x6e696268 /* hbin */ || get32(bins + at + 4) != at || length == 0 || length & 4095 ||
        length > bins_size - at) {
      damaged("hive bin");
    }
  }
}

// Key nodes, from the cell's contents on: flags 2, subkeys 20, subkey list 28, values 36, value list 40,
// name length 72, name 76.
enum { NODE_SIZE = 76, NODE_NARROW_NAME = 0x20 };

static const u8 *node(u32 offset) {
  u32 size;
  const u8 *nk = cell(offset, NODE_SIZE, &size);
  if (get16(nk) != 0x6b6e /* nk */ || get16(nk + 72) > size - NODE_SIZE) damaged("key node");
  return nk;
}

static char16 name_character(const u8 *nk, u32 index) {
  return get16(nk + 2) & NODE_NARROW_NAME ? nk[NODE_SIZE + index] : get16(nk + NODE_SIZE + index * 2);
}

static u32 name_length(const u8 *nk) { return get16(nk + 2) & NODE_NARROW_NAME ? get16(nk + 72) : get16(nk + 72) / 2; }

// < 0, 0, > 0 as the node's name sorts before, equals, sorts behind the text; upper case counts as lower case.
static int compare(const u8 *nk, const char16 *text) {
  u32 length = name_length(nk);
  for (u32 i = 0;; i++) {
    if (i == length) return text[i] ? -1 : 0;
    int difference = upper(name_character(nk, i)) - upper(text[i]);
    if (difference) return difference;
  }
}

// lf lists hold the first four characters of the name, lh lists a hash of it; li lists neither.
static void check_hint(u16 kind, const u8 *entry, const u8 *nk) {
  u32 length = name_length(nk), hash = 0;
  for (u32 i = 0; i < length; i++) {
    char16 c = upper(name_character(nk, i));
    hash = hash * 37 + c;
    if (kind == 0x666c && i < 4 && c < 128 && upper(entry[4 + i]) != c) damaged("subkey list hint");
  }
  if (kind == 0x686c && get32(entry + 4) != hash) damaged("subkey list hash");
}

// Looks in one subkey list; ri lists hold further lists. The lists must be sorted: the real one searches by halving.
static u32 search(u32 list_offset, const char16 *name, u32 depth, u32 *expected) {
  u32 size;
  const u8 *list = cell(list_offset, 4, &size);
  u16 kind = get16(list), count = get16(list + 2);
  u32 width = kind == 0x666c /* lf */ || kind == 0x686c /* lh */ ? 8 : 4;
  if (width == 4 && kind != 0x696c /* li */ && kind != 0x6972 /* ri */) damaged("subkey list");
  if (count * width > size - 4) damaged("subkey list length");
  u32 found = 0;
  int last = -1;
  for (u32 i = 0; i < count; i++) {
    const u8 *entry = list + 4 + i * width;
    if (kind == 0x6972) {
      if (depth) damaged("subkey lists nested");
      u32 hit = search(get32(entry), name, 1, expected);
      if (hit) found = hit;
      continue;
    }
    if ((*expected)-- == 0) damaged("more subkeys than counted");
    const u8 *nk = node(get32(entry));
    check_hint(kind, entry, nk);
    int order = compare(nk, name);
    if (order < 0 && last >= 0) damaged("subkey list not sorted");
    if (order == 0) found = get32(entry);
    last = order;
  }
  return found;
}

u32 hive_root(void) {
  node(root);
  return root;
}

u32 hive_key(u32 parent, const char16 *name) {
  const u8 *nk = node(parent);
  u32 count = get32(nk + 20);
  return count ? search(get32(nk + 28), name, 0, &count) : 0;
}

// Value records: name length 2, data size 4 (top bit: up to 4 bytes stand in the offset field), data 8, type 12,
// flags 16, name 20.
u8 hive_get(u32 key, const char *name, hive_value *out) {
  const u8 *nk = node(key);
  u32 count = get32(nk + 36), size, length = 0;
  if (!count) return 0;
  while (name[length]) length++;
  const u8 *list = cell(get32(nk + 40), 4, &size);
  if (count > size / 4) damaged("value list length");
  for (u32 i = 0; i < count; i++) {
    const u8 *vk = cell(get32(list + i * 4), 20, &size);
    if (get16(vk) != 0x6b76 /* vk */ || get16(vk + 2) > size - 20) damaged("value record");
    // Names in 16-bit characters (flag 1 clear) are legal; none of the names looked for is ever written so.
    if (get16(vk + 2) != length || !(get16(vk + 16) & 1)) continue;
    u32 k = 0;
    while (k < length && upper(vk[20 + k]) == upper((u8)name[k])) k++;
    if (k < length) continue;
    out->type = get32(vk + 12);
    out->size = get32(vk + 4);
    if (out->size & 0x80000000u) {
      out->size &= 0x7fffffff;
      if (out->size > 4) damaged("value size");
      out->data = vk + 8;
    } else {
      // A cell that is too small also stands for "big data" lists, which no BCD holds.
      out->data = cell(get32(vk + 8), out->size, NULL);
    }
    return 1;
  }
  return 0;
}
