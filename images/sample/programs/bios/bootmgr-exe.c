// Stand-in for bootmgr.exe, the boot manager of BIOS network boot: asks for its BCD as the real one of Windows 10 does
// (boot-chain 7, "BIOS PXE"), follows it to boot.sdi and boot.wim, reads both whole, prints sizes and CRC-32.
#include "bios.h"

enum { BCD_MOST = 24 * 1024 };
static u8 store[BCD_MOST];
static u32 crc, head_size, stored;
static u8 *head;
static u8 sdi_head[0x600], wim_head[256];

static void keep_store(const u8 *bytes, u32 size) {
  if (size > BCD_MOST - stored) fail(STATUS_NO_SUCH_FILE, L"\\Boot\\BCD", "larger than 24 KiB");
  copy(store + stored, bytes, size);
  stored += size;
}

// Keeps the first bytes, and the sum of all.
static void sum(const u8 *bytes, u32 size) {
  u32 room = head_size - stored, part = size < room ? size : room;
  copy(head + stored, bytes, part);
  stored += part;
  crc = crc32(crc, bytes, size);
}

static void probe(const char16 *path) {
  u32 size;
  (void)tftp_size(path, &size); // whatever the answer: all of these may be missing
}

static void report(const char16 *path, const tftp_options *options, u32 told, u8 *keep, u32 most) {
  u32 size;
  crc = stored = 0;
  head = keep;
  head_size = most;
  if (!tftp_read(path, options, &size, sum)) fail(STATUS_NO_SUCH_FILE, path, NULL);
  if (size != told) fail(STATUS_UNSUCCESSFUL, path, "TFTP: not the size that the probe told");
  say_file(path, size, crc);
}

static u8 ends_in(const char16 *path, const char16 *end) {
  u32 length = 0, tail = 0;
  while (path[length]) length++;
  while (end[tail]) tail++;
  if (tail > length) return 0;
  for (u32 i = 0; i < tail; i++)
    if (upper(path[length - tail + i]) != upper(end[i])) return 0;
  return 1;
}

static void introduce(void) {
  say_begin();
  say("stand-in for bootmgr.exe, 1.0.0, BIOS");
  say_end();
  say_begin();
  say("firmware BIOS");
  say_end();
}

static void say_server(void) {
  say_begin();
  say("boot device pxe");
  say_end();
  say_begin();
  say("server ");
  say_address(server);
  say_end();
}

void main(u32 segment, u32 offset, u32 far_api) {
  static const char16 bcd[] = L"\\Boot\\BCD";
  static boot_entry entry;
  tftp_options options = {BLOCK_MOST, 0, 0};
  u32 size, sdi_size, wim_size;
  introduce();
  pxe_open(segment, offset, far_api);
  say_server();

  if (!tftp_size(bcd, &size) || !tftp_read(bcd, &options, &size, keep_store)) fail(STATUS_NO_SUCH_FILE, bcd, NULL);
  say_file(bcd, size, crc32(0, store, size));
  probe(L"\\EFI\\Microsoft\\Boot\\SecureBootPolicy.p7b");
  probe(L"\\Boot\\en-US\\bootmgr.EXE.MUI");
  hive_open(store, size, bcd);
  store_read(&entry);
  // Without a path UEFI takes winload.efi; what BIOS would do then, or with winload.efi, was not measured.
  if (!ends_in(entry.loader, L"\\winload.exe")) fail(STATUS_NOT_SUPPORTED, entry.loader, "not BIOS");

  probe(L"\\hiberfil.sys");
  if (!tftp_size(entry.wim, &wim_size)) fail(STATUS_NO_SUCH_FILE, entry.wim, NULL);
  if (!tftp_size(entry.sdi, &sdi_size)) fail(STATUS_NO_SUCH_FILE, entry.sdi, NULL);
  probe(L"\\Boot\\Fonts\\wgl4_boot.ttf");
  if (entry.tftp_block >= 512 && entry.tftp_block <= BLOCK_MOST) options.block = (u32)entry.tftp_block;
  options.window = entry.tftp_window;
  options.variable = entry.tftp_variable;
  report(entry.sdi, &options, sdi_size, sdi_head, sizeof sdi_head);
  report(entry.wim, &options, wim_size, wim_head, sizeof wim_head);
  if (!sdi_valid(sdi_head, sdi_size)) fail(STATUS_NOT_FOUND, entry.loader, "SDI table");
  const char *problem = wim_problem(wim_head, wim_size);
  if (problem) fail(STATUS_NOT_FOUND, entry.loader, problem);
  if (!entry.has_osdevice) fail(STATUS_NOT_FOUND, entry.loader, "no osdevice");
  if (!entry.has_systemroot) fail(STATUS_NOT_FOUND, entry.loader, "no systemroot");
  finish(0);
}
