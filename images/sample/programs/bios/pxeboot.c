// Stand-in for pxeboot.n12 and, with PROMPT, pxeboot.com: loads bootmgr.exe from the folder of its own boot file by the
// TFTP of the network card and starts it (boot-chain 7, "BIOS PXE"). pxeboot.com asks for F12 first; without it the
// BIOS goes on to its next boot device.
#include "bios.h"

enum {
  TFTP_OPEN = 0x20, TFTP_CLOSE = 0x21, TFTP_READ = 0x22,
  BLOCK = 512,
  PLACE = 0x20000, MOST = 0x80000 - PLACE, // below what BIOS and PXE use
  F12 = 0x86, SECONDS = 5,
};

static struct __attribute__((packed)) {
  u16 status;
  u32 server, gateway;
  u8 name[128];
  u16 port, size;
} open;
static struct __attribute__((packed)) { u16 status, number, size, at, segment; } read;
static u8 block[BLOCK];

// Whether F12 was pressed in time.
static u8 prompt(void) {
  say("\r\nPress F12 for network service boot\r\n");
  for (u32 since = ticks(); ticks() - since < SECONDS * 18;) {
    if (key_waiting() >> 8 == F12) return 1;
    idle();
  }
  return 0;
}

// The folder of the boot file as it stands in the packet: the real one takes no leading backslash for granted.
static void name_beside(const u8 *boot_file, const char *name) {
  u32 length = 0, end = 0;
  for (; length < 100 && boot_file[length]; length++) {
    open.name[length] = boot_file[length];
    if (boot_file[length] == '\\' || boot_file[length] == '/') end = length + 1;
  }
  copy(open.name + end, name, 12);
}

static void say_line(const char *text) {
  say_begin();
  say(text);
  say_end();
}

// The value is PXE's: 0, given back to the BIOS.
u32 main(u32 segment, u32 offset, u32 far_api) {
  u32 crc = 0, size = 0;
  say("\r\n");
#ifdef PROMPT
  say_line("stand-in for pxeboot.com, 1.0.0, BIOS");
#else
  say_line("stand-in for pxeboot.n12, 1.0.0, BIOS");
#endif
  pxe_open(segment, offset, far_api);
  const u8 *boot_file = packet + 108;
  say_begin();
  say("boot file ");
  say_bytes(boot_file, 128);
  say(" server ");
  say_address(server);
  say_end();
#ifdef PROMPT
  if (!prompt()) {
    say_line("no key: the next boot device has its turn");
    return 0;
  }
#else
  (void)prompt;
#endif
  name_beside(boot_file, "bootmgr.exe");
  open.server = server;
  open.port = 69 << 8; // network order
  open.size = BLOCK;
  if (pxe_call(TFTP_OPEN, &open) || open.status) {
    say_begin();
    say_bytes(open.name, sizeof open.name);
    say_end();
    fail(STATUS_NO_SUCH_FILE, NULL, "TFTP open");
  }
  u16 own_segment;
  __asm__("movw %%ds, %0" : "=r"(own_segment));
  do {
    read.at = (u16)(u32)block;
    read.segment = own_segment;
    read.size = BLOCK;
    if (pxe_call(TFTP_READ, &read) || read.status) fail(STATUS_UNSUCCESSFUL, NULL, "TFTP read");
    if (read.size > BLOCK || size + read.size > MOST) fail(STATUS_UNSUCCESSFUL, NULL, "bootmgr.exe is too large");
    crc = crc32(crc, block, read.size);
    far_out(PLACE + size, block, read.size);
    size += read.size;
  } while (read.size == BLOCK);
  pxe_call(TFTP_CLOSE, &read);
  say_begin();
  say_bytes(open.name, sizeof open.name);
  say(" ");
  say_decimal(size);
  say(" bytes crc32 ");
  say_hex(crc, 8);
  say_end();
  jump_to(segment, offset);
}
