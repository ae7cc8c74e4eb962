// Runs the TFTP client of the BIOS stand-in on the host under AddressSanitizer, against a server in this file.
//
//   host-tftp read SIZE BLOCK WINDOW VARIABLE LOSE     a whole file; every LOSE-th packet of the server is lost, 0: none
//   host-tftp fuzz SEED COUNT                          COUNT reads from servers whose answers are mutated; any end but a
//                                                      crash, a sanitizer's finding or a hang is fine
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#undef NULL
#pragma clang diagnostic ignored "-Wpointer-to-int-cast"
#include "bios/tftp.c"

u32 own_address = 0x6400000a, server = 0x0100000a;
u8 packet[1024];

static jmp_buf failed;
static const char *reason;
static u32 now, size, lose, replies, acks, widest;
static u32 seed; // 0: nothing is mutated
static u8 queue[512][BLOCK_MOST + 64];
static u16 lengths[512];
static u32 head, tail, idle_reads;
// The server's transfer.
static u32 block, window, wide, acked, last;
static u16 server_port = 0x3412;

u32 ticks(void) { return now++; }
_Noreturn void fail(u32 status, const char16 *path, const char *why) {
  (void)status;
  (void)path;
  reason = why ? why : "";
  longjmp(failed, 1);
}
void copy(void *to, const void *from, u64 count) { memcpy(to, from, count); }

static u32 random_number(void) {
  seed ^= seed << 13;
  seed ^= seed >> 17;
  return seed ^= seed << 5;
}

static u8 byte_at(u32 at) { return (u8)(at * 31 + (at >> 8)); }

static void reply(const u8 *bytes, u32 length) {
  if (lose && ++replies % lose == 0) return;
  if ((tail + 1) % 512 == head) return;
  u8 *to = queue[tail];
  memcpy(to, bytes, length);
  for (u32 n = seed ? random_number() % 4 : 0; n; n--) {
    if (random_number() % 8 == 0) length = random_number() % (BLOCK_MOST + 64);
    to[random_number() % 40] = (u8)random_number();
  }
  lengths[tail] = (u16)length;
  tail = (tail + 1) % 512;
}

static void send_window(void) {
  static u8 data[BLOCK_MOST + 4];
  for (u32 n = acked + 1; n <= acked + window && n <= last; n++) {
    u32 from = (n - 1) * block, length = size - from < block ? size - from : block;
    data[0] = 0;
    data[1] = 3;
    data[2] = (u8)(n >> 8);
    data[3] = (u8)n;
    for (u32 i = 0; i < length; i++) data[4 + i] = byte_at(from + i);
    reply(data, length + 4);
  }
}

static u32 option_value(const u8 *bytes, u32 length, const char *name) {
  for (u32 at = 2; at < length; at += (u32)strlen((const char *)bytes + at) + 1) {
    if (strcmp((const char *)bytes + at, name)) continue;
    return (u32)atoi((const char *)bytes + at + strlen(name) + 1);
  }
  return 0;
}

static u32 put_option(u8 *to, u32 at, const char *name, u32 value) {
  at += (u32)sprintf((char *)to + at, "%s", name) + 1;
  return at + (u32)sprintf((char *)to + at, "%u", value) + 1;
}

static void serve(const u8 *bytes, u32 length) {
  if (bytes[1] == 1) {
    u8 oack[200] = {0, 6};
    u32 at = put_option(oack, 2, "tsize", size);
    block = option_value(bytes, length, "blksize");
    window = option_value(bytes, length, "windowsize");
    wide = option_value(bytes, length, "msftwindow");
    if (block) at = put_option(oack, at, "blksize", block);
    if (window) at = put_option(oack, at, "WindowSize", window);
    if (wide) at = put_option(oack, at, "msftwindow", 27182);
    if (!block) block = 512;
    if (!window) window = 1;
    acked = 0;
    last = size / block + 1;
    reply(oack, at);
    return;
  }
  if (bytes[1] != 4) return;
  u32 number = acked + (u16)((bytes[2] << 8 | bytes[3]) - acked);
  // What was acknowledged before is not answered: both would repeat everything for ever (Sorcerer's Apprentice).
  if (number > last || (acks && number == acked)) return;
  acks++;
  acked = number;
  if (wide && length == 5) window = bytes[4];
  if (window > widest) widest = window;
  send_window();
}

u32 pxe_call(u32 function, void *parameters) {
  if (function == UDP_WRITE) {
    serve(out, sent.size);
    return 0;
  }
  if (function != UDP_READ) return (opened.status = 0);
  if (head == tail) {
    if (++idle_reads == 20) { // the server's own time-out
      idle_reads = 0;
      if (last && acked < last && acks) send_window();
    }
    got.status = 1;
    return 1;
  }
  idle_reads = 0;
  got.size = lengths[head] < sizeof in ? lengths[head] : (u16)sizeof in;
  memcpy(in, queue[head], got.size);
  got.source = server;
  got.source_port = server_port;
  head = (head + 1) % 512;
  (void)parameters;
  return 0;
}

static u32 taken, wrong;
static void take(const u8 *bytes, u32 count) {
  for (u32 i = 0; i < count; i++) wrong += bytes[i] != byte_at(taken + i);
  taken += count;
}

static u8 read_one(u32 ask_block, u32 ask_window, u8 variable) {
  static const char16 path[] = {'\\', 'f', 0};
  tftp_options options = {ask_block, ask_window, variable};
  u32 told = 0, got_size = 0;
  head = tail = taken = wrong = acks = widest = last = idle_reads = 0;
  if (setjmp(failed)) return 0;
  reason = "";
  if (!tftp_size(path, &told) || !tftp_read(path, &options, &got_size, take)) {
    reason = "no such file";
    return 0;
  }
  return told == size && got_size == size && taken == size && !wrong;
}

int main(int count, char **args) {
  if (count == 7 && !strcmp(args[1], "read")) {
    size = (u32)atoi(args[2]);
    lose = (u32)atoi(args[6]);
    u8 good = read_one((u32)atoi(args[3]), (u32)atoi(args[4]), (u8)atoi(args[5]));
    printf("%s %u bytes, %u acknowledgements, widest window %u\n", good ? "equal" : reason, taken, acks, widest);
    return 0;
  }
  if (count != 4 || strcmp(args[1], "fuzz")) return 2;
  u32 first = (u32)atoi(args[2]), good = 0, bad = 0;
  for (u32 n = 0; n < (u32)atoi(args[3]); n++) {
    seed = 0x9e3779b9u * (first + n + 1) | 1;
    size = random_number() % 20000;
    read_one(random_number() % 2 ? 0 : 512 + random_number() % 945, random_number() % 20, (u8)(random_number() & 1)) ? good++
                                                                                                                 : bad++;
  }
  printf("%u whole, %u refused\n", good, bad);
  return 0;
}
