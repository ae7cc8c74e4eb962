// Memory, byte order and checksum.
#include "sample.h"

// The compiler may call these two by name.
void *memset(void *to, int value, unsigned long long size) {
  volatile u8 *p = to;
  while (size--) *p++ = (u8)value;
  return to;
}

void *memcpy(void *to, const void *from, unsigned long long size) {
  volatile u8 *p = to;
  const u8 *q = from;
  while (size--) *p++ = *q++;
  return to;
}

void copy(void *to, const void *from, u64 size) { memcpy(to, from, size); }

u8 same(const void *a, const void *b, u64 size) {
  const u8 *p = a, *q = b;
  while (size--)
    if (*p++ != *q++) return 0;
  return 1;
}

// Pages rather than pool: BlockIo may ask for any alignment up to a page.
void *allocate(u64 size) {
  u64 address;
  u64 pages = (size >> 12) + 1;
  if (firmware->boot->allocate_pages(0, 2 /* loader data */, pages, &address)) {
    fail(STATUS_UNSUCCESSFUL, NULL, "out of memory");
  }
  memset((void *)address, 0, pages << 12);
  return (void *)address;
}

void release(void *address, u64 size) { firmware->boot->free_pages((u64)address, (size >> 12) + 1); }

u16 get16(const void *at) {
  const u8 *p = at;
  return (u16)(p[0] | p[1] << 8);
}

u32 get32(const void *at) {
  const u8 *p = at;
  return get16(p) | (u32)get16(p + 2) << 16;
}

u64 get64(const void *at) {
  const u8 *p = at;
  return get32(p) | (u64)get32(p + 4) << 32;
}

u32 get32be(const void *at) {
  const u8 *p = at;
  return (u32)p[0] << 24 | (u32)p[1] << 16 | (u32)p[2] << 8 | p[3];
}

char16 upper(char16 c) { return c >= 'a' && c <= 'z' ? (char16)(c - 32) : c; }

// IEEE 802.3, reflected; the table is made at the first call.
static u32 table[256];

u32 crc32(u32 crc, const void *data, u64 size) {
  const u8 *p = data;
  if (!table[1]) {
    for (u32 i = 0; i < 256; i++) {
      u32 c = i;
      for (u32 bit = 0; bit < 8; bit++) c = c & 1 ? c >> 1 ^ 0xedb88320u : c >> 1;
      table[i] = c;
    }
  }
  crc = ~crc;
  while (size--) crc = table[(crc ^ *p++) & 255] ^ crc >> 8;
  return ~crc;
}
