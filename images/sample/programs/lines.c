// Lines of every program in C. Each begins with "osdkit-sample: " at the start of a line and ends with CR LF.
#include "sample.h"

void say(const char *text) {
  while (*text) put((u8)*text++);
}

void say_wide(const char16 *text) {
  for (; *text; text++) put(*text >= 32 && *text < 127 ? *text : '?');
}

void say_hex(u32 value, u32 digits) {
  while (digits--) put((u8)"0123456789abcdef"[value >> digits * 4 & 15]);
}

void say_begin(void) { say("osdkit-sample: "); }

void say_end(void) { say("\r\n"); }

void say_file(const char16 *path, u64 size, u32 crc) {
  say_begin();
  say_wide(path);
  say(" ");
  say_decimal(size);
  say(" bytes crc32 ");
  say_hex(crc, 8);
  say_end();
}

_Noreturn void finish(u64 stall_microseconds) {
  say_begin();
  say("done");
  say_end();
  switch_off(stall_microseconds);
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
  finish(1000000);
}
