// Lines on screen and COM1, as bootmgr.asm writes them: to the screen alone where the BIOS mirrors it to the port.
#include "bios.h"

static u8 mirror; // 0: not known, 1: no, 2: the BIOS mirrors the screen

static u8 in(u16 port) {
  u8 value;
  __asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
  return value;
}

static void out(u16 port, u8 value) { __asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port)); }

static void put(u8 c) {
  if (!mirror) {
    u16 video[2];
    far_in(video, 0x40, sizeof video); // interrupt 10h
    mirror = video[1] == 0xf000 && video_columns() == 80 ? 2 : 1;
  }
  if (mirror == 1) {
    while (!(in(0x3fd) & 0x20)) {} // ff, "ready", where there is no port
    out(0x3f8, c);
  }
  teletype(c);
}

void say(const char *text) {
  while (*text) put((u8)*text++);
}

static void put_printable(u32 c) { put(c >= 32 && c < 127 ? (u8)c : '?'); }

void say_wide(const char16 *text) {
  while (*text) put_printable(*text++);
}

void say_bytes(const u8 *text, u32 most) {
  for (u32 i = 0; i < most && text[i]; i++) put_printable(text[i]);
}

// Nothing here has 4 GiB.
void say_decimal(u64 value) {
  u32 small = (u32)value;
  if (small >= 10) say_decimal(small / 10);
  put((u8)('0' + small % 10));
}

void say_hex(u32 value, u32 digits) {
  while (digits--) put((u8)"0123456789abcdef"[value >> digits * 4 & 15]);
}

void say_begin(void) { say("osdkit-sample: "); }

void say_end(void) { say("\r\n"); }

void say_address(u32 address) {
  for (u32 i = 0; i < 4; i++) {
    if (i) say(".");
    say_decimal(address >> i * 8 & 255);
  }
}

void say_file(const char16 *path, u32 size, u32 crc) {
  say_begin();
  say_wide(path);
  say(" ");
  say_decimal(size);
  say(" bytes crc32 ");
  say_hex(crc, 8);
  say_end();
}

_Noreturn void finish(u64 stall_microseconds) {
  (void)stall_microseconds;
  say_begin();
  say("done");
  say_end();
  power_off();
}

_Noreturn void fail(u32 status, const char16 *path, const char *reason) {
  say_begin();
  say("failed 0x");
  say_hex(status, 8);
  if (path) {
    say(" ");
    say_wide(path);
  }
  if (reason) {
    say(" ");
    say(reason);
  }
  say_end();
  finish(0);
}
