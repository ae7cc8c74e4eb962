// TFTP over the card's UDP, as boot managers speak it: a probe for the size, block size and window as the BCD says, the
// window that each acknowledgement sets (boot-chain 4). Like the real one it repairs no loss: it waits for the server.
#include "bios.h"

enum {
  UDP_OPEN = 0x30, UDP_CLOSE = 0x31, UDP_READ = 0x32, UDP_WRITE = 0x33,
  RRQ = 1, DATA = 3, ACK = 4, ERROR = 5, OACK = 6,
  WAIT = 5 * 18, TRIES = 5, WIDEST = 64,
};

static struct __attribute__((packed)) { u16 status; u32 source; } opened;
static struct __attribute__((packed)) { u16 status; u32 source, own; u16 source_port, own_port, size, at, segment; } got;
static struct __attribute__((packed)) { u16 status; u32 to, gateway; u16 own_port, to_port, size, at, segment; } sent;
static u8 in[BLOCK_MOST + 4], out[300];
static u16 port = 2070, peer; // in network order where they stand in parameters
static u32 in_size;

static u16 swap(u32 value) { return (u16)((value >> 8 & 255) | value << 8); }

static u16 own_segment(void) {
  u16 segment;
  __asm__("movw %%ds, %0" : "=r"(segment));
  return segment;
}

static void send(u32 size) {
  sent = (__typeof__(sent)){0, server, 0, swap(port), peer, (u16)size, (u16)(u32)out, own_segment()};
  if (pxe_call(UDP_WRITE, &sent) || sent.status) fail(STATUS_UNSUCCESSFUL, NULL, "UDP write");
}

// Waits for a packet of the peer; 0: none came in time.
static u8 receive(void) {
  for (u32 since = ticks(); ticks() - since < WAIT;) {
    got = (__typeof__(got)){0, 0, own_address, 0, swap(port), sizeof in, (u16)(u32)in, own_segment()};
    if (pxe_call(UDP_READ, &got) || got.status || got.source != server || got.size < 4) continue;
    if (peer == swap(69)) peer = got.source_port;
    if (got.source_port != peer) continue;
    in_size = got.size;
    return 1;
  }
  return 0;
}

static u32 append(u32 at, const char *text) {
  do out[at++] = (u8)*text;
  while (*text++);
  return at;
}

static u32 append_option(u32 at, const char *name, u32 value) {
  u8 digits[10];
  u32 count = 0;
  at = append(at, name);
  do digits[count++] = (u8)('0' + value % 10);
  while (value /= 10);
  while (count) out[at++] = digits[--count];
  out[at++] = 0;
  return at;
}

static u32 request(const char16 *path, const tftp_options *options) {
  u32 at = 2;
  out[0] = 0;
  out[1] = RRQ;
  for (u32 i = 0; path[i] && i < 200; i++) out[at++] = path[i] < 128 ? (u8)path[i] : '?';
  out[at++] = 0;
  at = append(at, "octet");
  at = append_option(at, "tsize", 0);
  if (options->block) at = append_option(at, "blksize", options->block);
  if (options->window) at = append_option(at, "windowsize", options->window);
  if (options->window && options->variable) at = append_option(at, "msftwindow", 31416);
  return at;
}

// An option of the OACK as a number; `absent` where it is not there.
static u32 accepted(const char *name, u32 absent) {
  for (u32 at = 2; at < in_size;) {
    u32 i = 0, value = 0, here = at;
    u8 is = 1;
    for (; here < in_size && in[here]; here++, i++) is = is && name[i] && (in[here] | 32) == name[i];
    is = is && !name[i];
    for (here++; here < in_size && in[here]; here++) {
      if (in[here] < '0' || in[here] > '9' || value > 400000000) fail(STATUS_UNSUCCESSFUL, NULL, "OACK");
      value = value * 10 + in[here] - '0';
    }
    if (is) return value;
    at = here + 1;
  }
  return absent;
}

// Sends the request until somebody answers. 0: ERROR, the file is not there.
static u8 ask(const char16 *path, const tftp_options *options) {
  port++;
  peer = swap(69);
  opened.source = own_address;
  if (pxe_call(UDP_OPEN, &opened) || opened.status) fail(STATUS_UNSUCCESSFUL, NULL, "UDP open");
  for (u32 tries = 0; tries < TRIES; tries++) {
    send(request(path, options));
    if (!receive()) continue;
    if (in[1] == ERROR) return 0;
    if (in[1] == OACK || in[1] == DATA) return 1;
  }
  fail(STATUS_UNSUCCESSFUL, path, "TFTP: no answer");
}

u8 tftp_size(const char16 *path, u32 *size) {
  static const tftp_options none;
  static const u8 aborted[] = "\0\5\0\0TFTP Aborted";
  u8 there = ask(path, &none);
  if (there) {
    // The size is what the probe is for; a server that does not tell it cannot serve boot managers.
    if (in[1] != OACK) fail(STATUS_UNSUCCESSFUL, path, "TFTP: no OACK");
    *size = accepted("tsize", 0);
    copy(out, aborted, sizeof aborted);
    send(sizeof aborted);
  }
  pxe_call(UDP_CLOSE, &opened);
  return there;
}

static void acknowledge(u32 number, u32 window) {
  out[0] = 0;
  out[1] = ACK;
  out[2] = (u8)(number >> 8);
  out[3] = (u8)number;
  out[4] = (u8)window;
  send(window ? 5 : 4);
}

u8 tftp_read(const char16 *path, const tftp_options *options, u32 *size, void (*take)(const u8 *, u32)) {
  u32 block = 512, window = 1, wide = 0, number = 0, since_ack = 0, tries = 0;
  *size = 0;
  u8 there = ask(path, options), fresh = 1;
  if (there && in[1] == OACK) {
    block = accepted("blksize", 512);
    window = accepted("windowsize", 1);
    if (accepted("msftwindow", 0) == 27182) wide = window;
    if (!block || block > BLOCK_MOST || !window) fail(STATUS_UNSUCCESSFUL, path, "OACK");
    acknowledge(0, wide);
    fresh = 0;
  }
  while (there) {
    if (!fresh && !receive()) {
      if (++tries == TRIES) fail(STATUS_UNSUCCESSFUL, path, "TFTP: no answer");
      acknowledge(number, wide);
      continue;
    }
    fresh = 0;
    if (in[1] == ERROR) fail(STATUS_UNSUCCESSFUL, path, "TFTP: ERROR in a transfer");
    if (in[1] != DATA) continue;
    u32 found = (u32)in[2] << 8 | in[3], length = in_size - 4;
    if (found != ((number + 1) & 0xffff)) {
      // Our acknowledgement was lost: the server sends the end of the window again.
      if (found == (number & 0xffff) && since_ack == 0) acknowledge(number, wide);
      continue;
    }
    if (length > block) fail(STATUS_UNSUCCESSFUL, path, "TFTP: block size");
    tries = 0;
    number++;
    *size += length;
    take(in + 4, length);
    if (++since_ack == window || length < block) {
      if (wide && wide < WIDEST) wide++;
      acknowledge(number, wide);
      if (wide) window = wide;
      since_ack = 0;
    }
    if (length < block) break;
  }
  pxe_call(UDP_CLOSE, &opened);
  return there;
}
