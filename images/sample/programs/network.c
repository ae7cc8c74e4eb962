// PXE: files by TFTP through the firmware's base code, from the server that the firmware was booted from (boot-chain 4).
// No DHCP of its own: server, boot file and option 252 come from the packets that the firmware kept.
#include "sample.h"

static pxe_base_code *pxe;
static const u8 *packet; // the DHCP packet that named the boot file
static u8 server[16];
enum { OPTION_BOOT_FILE = 67, OPTION_SERVER = 54, OPTION_BCD = 252, DEFAULT_BLOCK = 1456 };

// Data of a DHCP option of the packet; *length 0 and NULL when it is absent.
static const u8 *option(u8 code, u32 *length) {
  *length = 0;
  for (u32 at = 240; at + 2 <= sizeof(pxe_packet) && packet[at] != 255;) {
    if (packet[at] == 0) {
      at++;
      continue;
    }
    if (at + 2 + packet[at + 1] > sizeof(pxe_packet)) break;
    if (packet[at] == code) {
      *length = packet[at + 1];
      return packet + at + 2;
    }
    at += 2 + packet[at + 1];
  }
  return NULL;
}

void network_open(pxe_base_code *base_code) {
  u32 length;
  pxe = base_code;
  pxe_mode *mode = pxe->mode;
  if (mode->using_ipv6) fail(STATUS_NOT_SUPPORTED, NULL, "PXE over IPv6");
  packet = mode->pxe_reply_received      ? mode->pxe_reply.bytes
           : mode->proxy_offer_received ? mode->proxy_offer.bytes
                                        : mode->ack.bytes;
  copy(server, packet + 20, 4); // siaddr
  const u8 *identifier = option(OPTION_SERVER, &length);
  if (!get32(server) && length == 4) copy(server, identifier, 4);
  say_begin();
  say("server ");
  for (u32 i = 0; i < 4; i++) {
    if (i) say(".");
    say_decimal(server[i]);
  }
  say_end();
}

static efi_status ask(u32 operation, file *which, u64 *size) {
  u8 name[MAX_PATH];
  u32 i = 0;
  u64 block = which->tftp_block < 512 ? DEFAULT_BLOCK : which->tftp_block;
  do {
    name[i] = which->path[i] < 128 ? (u8)which->path[i] : '?';
  } while (which->path[i++]);
  return pxe->mtftp(pxe, operation, which->data, 0, size, &block, server, name, NULL, 0);
}

// The boot manager probes the size of each file before it reads any of them in full.
u8 network_find(file *out) {
  out->size = 0;
  return !ask(TFTP_GET_FILE_SIZE, out, &out->size);
}

// Base code reads whole files only.
void network_load(file *which) {
  u64 size = which->size;
  which->data = allocate(size);
  if (ask(TFTP_READ_FILE, which, &size) || size != which->size) fail(STATUS_UNSUCCESSFUL, which->path, "TFTP");
}

// `text` up to its NUL or `length`, as 16-bit characters; no longer than a path may be.
static void widen(char16 *to, const u8 *text, u32 length) {
  u32 i = 0;
  for (; i < length && text[i] && i < MAX_PATH - 8; i++) to[i] = text[i];
  to[i] = 0;
}

// <folder of the boot file>\BCD, then option 252, else \Boot\BCD. Only a backslash ends the folder: a boot file named
// with slashes lies in the root for the boot manager (boot-chain 4, 5).
void network_bcd(file *out, char16 *path) {
  u32 length = 0, end = 0;
  path[0] = '\\';
  const u8 *boot_file = packet + 108;
  if (*boot_file) length = 128;
  else boot_file = option(OPTION_BOOT_FILE, &length);
  char16 *name = path + (length && boot_file[0] == '\\' ? 0 : 1);
  widen(name, boot_file, length);
  for (u32 i = 0; path[i]; i++)
    if (path[i] == '\\') end = i;
  copy(path + end, L"\\BCD", 5 * sizeof(char16));
  if (device_find(path, 0, out)) return;
  const u8 *bcd = option(OPTION_BCD, &length);
  if (length) widen(path + (bcd[0] == '\\' ? 0 : 1), bcd, length);
  else copy(path, L"\\Boot\\BCD", 10 * sizeof(char16));
  if (!device_find(path, 0, out)) fail(STATUS_NO_SUCH_FILE, path, NULL);
}
