// Screen and COM1, as bootmgr.asm writes them: to the screen alone where the BIOS mirrors it to the port.
#include "bios.h"

static u8 mirror; // 0: not known, 1: no, 2: the BIOS mirrors the screen

static u8 in(u16 port) {
  u8 value;
  __asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
  return value;
}

static void out(u16 port, u8 value) { __asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port)); }

void put(char16 c) {
  if (!mirror) {
    u16 video[2];
    far_in(video, 0x40, sizeof video); // interrupt 10h
    mirror = video[1] == 0xf000 && video_columns() == 80 ? 2 : 1;
  }
  if (mirror == 1) {
    while (!(in(0x3fd) & 0x20)) {} // ff, "ready", where there is no port
    out(0x3f8, (u8)c);
  }
  teletype(c);
}

void say_bytes(const u8 *text, u32 most) {
  for (u32 i = 0; i < most && text[i]; i++) put(text[i] >= 32 && text[i] < 127 ? text[i] : '?');
}

// Nothing here has 4 GiB.
void say_decimal(u64 value) {
  u32 small = (u32)value;
  if (small >= 10) say_decimal(small / 10);
  put((u8)('0' + small % 10));
}

void say_address(u32 address) {
  for (u32 i = 0; i < 4; i++) {
    if (i) say(".");
    say_decimal(address >> i * 8 & 255);
  }
}

_Noreturn void switch_off(u64 stall_microseconds) {
  (void)stall_microseconds; // power_off waits as long as the BIOS needs
  power_off();
}
