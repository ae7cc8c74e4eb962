// The PXE API of the network card (PXE 2.1): its entry point, and the packets that it kept.
#include "bios.h"

struct __attribute__((packed)) { u16 offset, segment; } pxe_entry;
u8 packet[1024];
u32 own_address, server;

enum { GET_CACHED_INFO = 0x71, PACKET_ACK = 2, PACKET_REPLY = 3 };

static u8 sums_to_zero(const u8 *bytes, u32 size) {
  u8 sum = 0;
  while (size--) sum += *bytes++;
  return sum == 0;
}

static u32 linear(u32 far_pointer) { return (far_pointer >> 16) * 16 + (far_pointer & 0xffff); }

// `!PXE`: length 4, entry point 16. `PXENV+`: version 6, length 8, pointer to !PXE 40 where the version is 2.1 or later.
void pxe_open(u32 segment, u32 offset, u32 far_api) {
  u8 head[0x58];
  u32 at = linear(segment << 16 | offset);
  if (!far_api) {
    far_in(head, at, 0x2c);
    if (!same(head, "PXENV+", 6) || get16(head + 6) < 0x0201) fail(STATUS_UNSUCCESSFUL, NULL, "no PXENV+ at ES:BX");
    far_api = get32(head + 40);
  }
  far_in(head, linear(far_api), sizeof head);
  if (!same(head, "!PXE", 4) || head[4] > sizeof head || !sums_to_zero(head, head[4])) {
    fail(STATUS_UNSUCCESSFUL, NULL, "no !PXE structure");
  }
  pxe_entry.offset = get16(head + 16);
  pxe_entry.segment = get16(head + 18);

  struct __attribute__((packed)) { u16 status, type, size, at, segment, limit; } info;
  for (u16 type = PACKET_ACK; type <= PACKET_REPLY; type++) {
    u16 own_segment;
    __asm__("movw %%ds, %0" : "=r"(own_segment));
    info = (__typeof__(info)){0, type, sizeof packet, (u16)(u32)packet, own_segment, 0};
    if (pxe_call(GET_CACHED_INFO, &info) || info.status) fail(STATUS_UNSUCCESSFUL, NULL, "no packet kept by PXE");
    if (type == PACKET_ACK) own_address = get32(packet + 16); // yiaddr
  }
  server = get32(packet + 20); // siaddr
}

u32 ticks(void) {
  u32 now;
  far_in(&now, 0x46c, sizeof now);
  return now;
}
