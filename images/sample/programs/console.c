// Console and serial port of UEFI.
// ConOut is written, and a serial port beside it only where firmware has none among its consoles (variable ConOut):
// with one there, everything would come twice on it.
#include "sample.h"

static const guid serial_guid = {0xbb25cf6f, 0xf1d4, 0x11d2, {0x9a, 0x0c, 0x00, 0x90, 0x27, 0x3f, 0xc1, 0xfd}};
static serial_io *serial; // NULL: not needed, or there is none

// The variable is a list of device paths; a serial console's has a UART node.
void console_open(void) {
  u8 paths[1024];
  u64 size = sizeof paths;
  if (firmware->runtime->get_variable(L"ConOut", &global_variable_guid, NULL, &size, paths)) size = 0;
  for (u64 at = 0; at + 4 <= size;) {
    u32 length = get16(paths + at + 2);
    if (paths[at] == PATH_MESSAGING && paths[at + 1] == MESSAGING_UART) return;
    if (length < 4) break;
    at += length;
  }
  if (firmware->boot->locate_protocol(&serial_guid, NULL, (void **)&serial)) serial = NULL;
}

void put(char16 c) {
  char16 text[2] = {c, 0};
  u64 size = 1;
  firmware->out->output(firmware->out, text);
  if (serial) serial->write(serial, &size, text);
}

_Noreturn void switch_off(u64 stall_microseconds) {
  firmware->boot->stall(stall_microseconds);
  firmware->runtime->reset_system(2 /* shut down */, 0, 0, NULL);
  for (;;) firmware->boot->stall(1000000);
}

void say_decimal(u64 value) {
  if (value >= 10) say_decimal(value / 10);
  put((char16)('0' + value % 10));
}
