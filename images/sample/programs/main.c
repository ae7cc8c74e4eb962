// The sample boot program: says who it is and where it was started from, finds its BCD where the boot manager looks,
// and follows it to boot.sdi and boot.wim, of which it prints size and CRC-32. Then it switches the machine off.
#include "sample.h"

system_table *firmware;
#if defined(__aarch64__)
static const char who[] = "sample boot program 1.0.0 arm64";
#else
static const char who[] = "sample boot program 1.0.0 x64";
#endif
const guid global_variable_guid = {0x8be4df61, 0x93ca, 0x11d2, {0xaa, 0x0d, 0x00, 0xe0, 0x98, 0x03, 0x2b, 0x8c}};
enum { CHUNK = 1 << 20, BCD_LIMIT = 1 << 24 };
static u8 *buffer;

static void introduce(void) {
  say("\r\n");
  say_begin();
  say(who);
  say_end();
  say_begin();
  say("firmware UEFI ");
  say_decimal(firmware->header.revision >> 16);
  say(".");
  say_decimal((firmware->header.revision & 0xffff) / 10);
  say(" ");
  say_wide(firmware->vendor);
  say_end();
  u8 on = 0;
  u64 size = sizeof on;
  if (firmware->runtime->get_variable(L"SecureBoot", &global_variable_guid, NULL, &size, &on)) on = 0;
  say_begin();
  say(on == 1 ? "Secure Boot on" : "Secure Boot off");
  say_end();
}

// Reads a whole file for its line and keeps its first `keep` bytes, or as many as it has.
static void report(file *from, const char16 *path, u8 *head, u64 keep) {
  u32 crc = 0;
  for (u64 at = 0; at < from->size; at += CHUNK) {
    u64 size = from->size - at < CHUNK ? from->size - at : CHUNK;
    device_read(from, at, buffer, size);
    crc = crc32(crc, buffer, size);
    if (at == 0) copy(head, buffer, size < keep ? size : keep);
  }
  say_file(path, from->size, crc);
}

efi_status efi_main(efi_handle image, system_table *system) {
  static char16 bcd_path[MAX_PATH];
  static file bcd, sdi, wim;
  static u8 sdi_head[0x600], wim_head[256];
  static boot_entry entry;
  firmware = system;
  firmware->boot->set_watchdog(0, 0, 0, NULL); // firmware would reset a slow boot after five minutes
  console_open();
  introduce();
  device_open(image);

  buffer = allocate(CHUNK);
  device_bcd(&bcd, bcd_path);
  if (bcd.size > BCD_LIMIT) fail(STATUS_NO_SUCH_FILE, bcd_path, "larger than 16 MiB");
  u8 *store = allocate(bcd.size);
  device_read(&bcd, 0, store, bcd.size);
  say_file(bcd_path, bcd.size, crc32(0, store, bcd.size));
  hive_open(store, bcd.size, bcd_path);
  store_read(&entry);

  // The real one asks for the WIM first, then for the SDI, and reads the SDI first (boot-chain 4).
  if (!device_find(entry.wim, entry.tftp_block, &wim)) fail(STATUS_NO_SUCH_FILE, entry.wim, NULL);
  if (!device_find(entry.sdi, entry.tftp_block, &sdi)) fail(STATUS_NO_SUCH_FILE, entry.sdi, NULL);
  report(&sdi, entry.sdi, sdi_head, sizeof sdi_head);
  device_close(&sdi);
  report(&wim, entry.wim, wim_head, sizeof wim_head);
  if (!sdi_valid(sdi_head, sdi.size)) fail(STATUS_NOT_FOUND, entry.loader, "SDI table");
  const char *problem = wim_problem(wim_head, wim.size);
  if (problem) fail(STATUS_NOT_FOUND, entry.loader, problem);
  // From here on the real one would be in winload, which asks for these two.
  if (!entry.has_osdevice) fail(STATUS_NOT_FOUND, entry.loader, "no osdevice");
  if (!entry.has_systemroot) fail(STATUS_NOT_FOUND, entry.loader, "no systemroot");
  device_close(&wim);
  finish(0);
}
