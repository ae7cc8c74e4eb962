// Runs the sample boot program on the host, in milliseconds and under AddressSanitizer: a UEFI of just the calls it
// makes, over an image file (cd), a folder (partition) or a folder as TFTP server (pxe). The program's own sources are
// compiled unchanged, but for allocate/release, which are here so that a read behind the end of a buffer is caught.
//
//   host cd IMAGE BLOCK_SIZE | host partition FOLDER | host pxe FOLDER BOOT_FILE [OPTION_252]
//   MUTATE=COUNT:FROM:TO with cd or partition: COUNT children, each with 1 to 4 bytes changed in bytes FROM..TO-1 of the
//   image or of the BCD; the program may end in any way but a crash, a sanitizer's finding or a hang.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#undef NULL
#include "efi.h"

efi_status efi_main(efi_handle, system_table *);

static const char *folder;
static u8 *image;         // cd: the medium; partition: the BCD, once it is loaded
static u64 image_size;
static u32 mutate_from, mutate_to, mutate_seed;
static u8 image_handle, device_handle, disk_handle;

void *allocate(u64 size) { return calloc(size ? size : 1, 1); }
void release(void *at, u64 size) {
  (void)size;
  free(at);
}

static u8 *load(const char *path, u64 *size) {
  FILE *f = fopen(path, "rb");
  struct stat about;
  if (!f || fstat(fileno(f), &about) || !S_ISREG(about.st_mode)) {
    if (f) fclose(f);
    return NULL;
  }
  *size = (u64)about.st_size;
  u8 *bytes = malloc(*size ? *size : 1);
  if (fread(bytes, 1, *size, f) != *size) exit(3);
  fclose(f);
  return bytes;
}

static u32 random_number(void) {
  mutate_seed ^= mutate_seed << 13;
  mutate_seed ^= mutate_seed >> 17;
  return mutate_seed ^= mutate_seed << 5;
}

static void mutate(u8 *bytes, u64 size) {
  static const u8 interesting[] = {0, 1, 0x7f, 0x80, 0xff};
  u64 to = mutate_to < size ? mutate_to : size;
  if (!mutate_seed || to <= mutate_from) return;
  for (u32 n = 1 + random_number() % 4; n; n--) {
    u32 value = random_number();
    bytes[mutate_from + random_number() % (to - mutate_from)] = value & 0x100 ? (u8)value : interesting[value % 5];
  }
  if (size < 8192 || memcmp(bytes, "regf", 4)) return;
  u32 sum = 0; // else nearly every mutation of the base block would end at the checksum
  for (u32 i = 0; i < 127; i++) sum ^= ((u32 *)bytes)[i];
  ((u32 *)bytes)[127] = sum;
}

static efi_status output(text_output *self, const char16 *text) {
  (void)self;
  for (; *text; text++) putchar(*text < 256 ? *text : '?');
  return 0;
}
static void reset(u32 type, efi_status status, u64 size, const void *data) {
  (void)type, (void)status, (void)size, (void)data;
  fflush(stdout);
  _exit(0);
}
static efi_status stall(u64 time) { return (void)time, 0; }
static efi_status watchdog(u64 a, u64 b, u64 c, const char16 *d) { return (void)a, (void)b, (void)c, (void)d, 0; }
// CONSOLE=none: ConOut holds a screen alone, and there is a serial port; its text goes to stderr.
// SECURE_BOOT=0 or 1: value of that variable, which is not there otherwise.
static efi_status variable(const char16 *n, const guid *g, u32 *a, u64 *s, void *d) {
  static const u8 screen[] = {2, 1, 4, 0, 0x7f, 1, 4, 0}, uart[] = {3, 14, 4, 0, 0x7f, 0xff, 4, 0};
  const char *console = getenv("CONSOLE");
  const char *secure = getenv("SECURE_BOOT");
  (void)g, (void)a;
  if (n[0] == 'S' && secure) return *(u8 *)d = (u8)atoi(secure), 0;
  if (n[0] != 'C') return 14;
  memcpy(d, screen, sizeof screen);
  memcpy((u8 *)d + sizeof screen, uart + (console ? 4 : 0), sizeof uart - (console ? 4 : 0));
  *s = sizeof screen + sizeof uart - (console ? 4 : 0);
  return 0;
}
static efi_status write_serial(serial_io *port, u64 *size, const void *text) {
  (void)port;
  return fwrite(text, 1, *size, stderr) != *size;
}
static serial_io serial_port = {0, NULL, NULL, NULL, NULL, write_serial};

// --- device path: one PCI node, then the node that says what the program was loaded from
static struct __attribute__((packed)) {
  device_path pci;
  u8 pci_data[2];
  hard_drive_path media;
  device_path end;
} path = {{1, 1, {6, 0}}, {0}, {{PATH_MEDIA, 0, {42, 0}}, 1, 0, 0, {0}, 1, 1}, {PATH_END, PATH_END_ENTIRE, {4, 0}}};

static efi_status locate_path(const guid *g, device_path **at, efi_handle *handle) {
  (void)g;
  if (memcmp(*at, &path, 6) || (*at = (device_path *)((u8 *)*at + 6))->type != PATH_END) return 14;
  *handle = &disk_handle;
  return 0;
}

// --- medium
static block_media media = {7, 1, 1, 0, 1, 0, 2048, 0, 0};
static efi_status read_blocks(block_io *self, u32 id, u64 lba, u64 size, void *to) {
  (void)self;
  if (id != 7 || size % media.block_size || lba * media.block_size + size > image_size) return 7;
  memcpy(to, image + lba * media.block_size, size);
  return 0;
}
static block_io disk = {0, &media, NULL, read_blocks};

// --- volume
typedef struct {
  efi_file file;
  u8 *bytes;
  u64 size, position;
} host_file;
static efi_status open_file(efi_file *, efi_file **, const char16 *, u64, u64);
static efi_status close_file(efi_file *f) {
  free(((host_file *)f)->bytes);
  free(f);
  return 0;
}
static efi_status read_file(efi_file *f, u64 *size, void *to) {
  host_file *h = (host_file *)f;
  if (*size > h->size - h->position) *size = h->size - h->position;
  memcpy(to, h->bytes + h->position, *size);
  h->position += *size;
  return 0;
}
static efi_status seek(efi_file *f, u64 position) { return ((host_file *)f)->position = position, 0; }
static efi_status info(efi_file *f, const guid *g, u64 *size, void *to) {
  (void)g, (void)size;
  efi_file_info *about = to;
  memset(about, 0, sizeof *about);
  about->file_size = ((host_file *)f)->size;
  return 0;
}
static u8 *load_wide(const char16 *name, u64 *size) {
  char full[1024];
  int length = snprintf(full, sizeof full, "%s", folder);
  for (; *name && length < 1000; name++) full[length++] = *name == '\\' ? '/' : (char)*name;
  full[length] = 0;
  return load(full, size);
}
static efi_status open_file(efi_file *dir, efi_file **out, const char16 *name, u64 mode, u64 attributes) {
  (void)dir, (void)mode, (void)attributes;
  host_file *h = calloc(1, sizeof *h);
  h->bytes = load_wide(name, &h->size);
  if (!h->bytes) return free(h), 14;
  if (h->size >= 4 && !memcmp(h->bytes, "regf", 4)) mutate(h->bytes, h->size);
  h->file = (efi_file){0, open_file, close_file, NULL, read_file, NULL, NULL, seek, info};
  *out = &h->file;
  return 0;
}
static efi_file root = {0, open_file, NULL, NULL, NULL, NULL, NULL, NULL, NULL};
static efi_status open_volume(file_system *self, efi_file **out) { return (void)self, *out = &root, 0; }
static file_system files = {0, open_volume};

// --- network: names with backslashes, each request printed
static pxe_mode mode;
static efi_status mtftp(pxe_base_code *self, u32 operation, void *buffer, u8 overwrite, u64 *size, u64 *block,
                        const u8 *server, const u8 *name, void *more, u8 no_buffer) {
  (void)self, (void)overwrite, (void)more, (void)no_buffer;
  char16 wide[300];
  u64 i = 0, length = 0;
  do wide[i] = name[i];
  while (name[i++]);
  printf("tftp %s %d.%d.%d.%d %s blksize %llu\n", operation == TFTP_READ_FILE ? "read" : "size", server[0], server[1],
         server[2], server[3], name, *block);
  u8 *bytes = name[0] == '\\' ? load_wide(wide, &length) : NULL;
  if (!bytes) return 0x8000000000000000 | 23;
  if (operation == TFTP_READ_FILE) memcpy(buffer, bytes, length);
  *size = length;
  free(bytes);
  return 0;
}
static pxe_base_code pxe = {0, NULL, NULL, NULL, NULL, mtftp, {NULL, NULL}, NULL, NULL, NULL, NULL, NULL, &mode};

static loaded_image self = {0, NULL, NULL, &device_handle, &path.end};
static u8 is_cd, is_volume, is_network;
static efi_status handle_protocol(efi_handle handle, const guid *g, void **out) {
  *out = g->a == 0x5b1b31a1 && handle == &image_handle                     ? (void *)&self
         : g->a == 0x09576e91 && handle == &device_handle                  ? (void *)&path
         : g->a == 0x964e5b21 && handle == &disk_handle                    ? (void *)&disk
         : g->a == 0x964e5b22 && handle == &device_handle && is_volume     ? (void *)&files
         : g->a == 0x03c4e603 && handle == &device_handle && is_network    ? (void *)&pxe
                                                                           : NULL;
  return *out ? 0 : 3;
}
static efi_status locate_protocol(const guid *g, void *r, void **out) {
  (void)r;
  return g->a == 0xbb25cf6f ? *out = &serial_port, 0 : 14;
}

static void start(void) {
  static text_output console = {NULL, output};
  static boot_services boot;
  static runtime_services runtime;
  static system_table system;
  boot.handle_protocol = handle_protocol;
  boot.locate_device_path = locate_path;
  boot.locate_protocol = locate_protocol;
  boot.stall = stall;
  boot.set_watchdog = watchdog;
  runtime.get_variable = variable;
  runtime.reset_system = reset;
  system = (system_table){{0, 0x20046, 0, 0, 0}, L"host", 0, NULL, NULL, NULL, &console, NULL, NULL, &runtime, &boot};
  efi_main(&image_handle, &system);
}

int main(int count, char **arguments) {
  if (count < 3) return 2;
  const char *how = arguments[1];
  is_cd = !strcmp(how, "cd");
  is_volume = !strcmp(how, "partition");
  is_network = !strcmp(how, "pxe");
  folder = arguments[2];
  if (is_cd) {
    path.media.header.subtype = MEDIA_CDROM;
    media.block_size = (u32)atoi(arguments[3]);
    image = load(folder, &image_size);
    media.last = image_size / media.block_size - 1;
  } else if (is_volume) {
    path.media.header.subtype = MEDIA_HARD_DRIVE;
  } else if (is_network) {
    path.media.header.subtype = 9;
    u8 *p = mode.ack.bytes;
    memcpy(p + 20, "\x0a\x4d\x00\x01", 4);
    strncpy((char *)p + 108, arguments[3], 127);
    p += 240;
    if (count > 4) {
      *p++ = 252;
      *p++ = (u8)strlen(arguments[4]);
      memcpy(p, arguments[4], strlen(arguments[4]));
      p += strlen(arguments[4]);
    }
    *p = 255;
  }

  u32 runs = 0, ok = 0;
  const char *wanted = getenv("MUTATE");
  if (!wanted) start();
  if (!wanted || sscanf(wanted, "%u:%u:%u", &runs, &mutate_from, &mutate_to) != 3) return 2;
  for (u32 i = 1; i <= runs; i++) {
    fflush(stdout);
    pid_t child = fork();
    if (!child) {
      mutate_seed = i * 2654435761u;
      if (is_cd) mutate(image, image_size);
      if (!freopen("/dev/null", "w", stdout)) _exit(3);
      alarm(10);
      start();
    }
    int status;
    waitpid(child, &status, 0);
    if (status) printf("seed %u ended with status %x\n", i, status);
    else ok++;
  }
  printf("%u of %u mutations ended well\n", ok, runs);
  return ok == runs ? 0 : 1;
}
