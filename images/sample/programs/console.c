// Lines on the console. Each begins with "osdkit-sample: " at the start of a line and ends with CR LF.
// Only ConOut is written: firmware that has a serial console sends it there too, and writing to the port as well would
// show every line twice on it.
#include "sample.h"

static void put(char16 c) {
  char16 text[2] = {c, 0};
  firmware->out->output(firmware->out, text);
}

void say(const char *text) {
  while (*text) put((u8)*text++);
}

void say_wide(const char16 *text) {
  for (; *text; text++) put(*text >= 32 && *text < 127 ? *text : '?');
}

void say_decimal(u64 value) {
  if (value >= 10) say_decimal(value / 10);
  put((char16)('0' + value % 10));
}

void say_hex(u32 value, u32 digits) {
  while (digits--) put((char16)"0123456789abcdef"[value >> digits * 4 & 15]);
}

void say_begin(void) { say("osdkit-sample: "); }

void say_end(void) { say("\r\n"); }

_Noreturn void finish(u64 stall_microseconds) {
  say_begin();
  say("done");
  say_end();
  firmware->boot->stall(stall_microseconds);
  firmware->runtime->reset_system(2 /* shut down */, 0, 0, NULL);
  for (;;) firmware->boot->stall(1000000);
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
