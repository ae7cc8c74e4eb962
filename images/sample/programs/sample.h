// What the parts of the sample boot program share. It stands in for Microsoft's boot manager in tests and in the demo,
// and is as strict: see README.md. It never shares a constant or a table with images/hive, images/bcd or the builder.
#ifndef SAMPLE_H
#define SAMPLE_H
#include "efi.h"

extern system_table *firmware;

// NTSTATUS values that boot managers show (boot-chain 2, 3)
enum {
  STATUS_UNSUCCESSFUL = 0xc0000001u,
  STATUS_NO_SUCH_FILE = 0xc000000fu,    // file or device missing; also a damaged BCD
  STATUS_NO_NAME = 0xc0000034u,         // a required key or object is missing
  STATUS_NOT_SUPPORTED = 0xc00000bbu,
  STATUS_NOT_FOUND = 0xc0000225u,
};

extern const guid global_variable_guid;

// console.c of UEFI and of BIOS
void console_open(void);                // UEFI
void put(char16);
void say_decimal(u64);                  // BIOS, which divides no u64: its lower half
_Noreturn void switch_off(u64 stall_microseconds); // BIOS waits its own time

// lines.c
void say_begin(void);                   // "osdkit-sample: "
void say(const char *);
void say_wide(const char16 *);          // what is not printable ASCII shows as ?
void say_hex(u32 value, u32 digits);
void say_end(void);
void say_file(const char16 *path, u64 size, u32 crc);
_Noreturn void fail(u32 status, const char16 *path, const char *reason); // either text may be NULL
_Noreturn void finish(u64 stall_microseconds);

// memory.c
void *allocate(u64 size);               // zeroed, page-aligned; fails the program when there is none
void release(void *, u64 size);
void copy(void *to, const void *from, u64 size);
u8 same(const void *, const void *, u64 size);
u32 crc32(u32 crc, const void *, u64 size); // begin with 0
u16 get16(const void *);
u32 get32(const void *);
u64 get64(const void *);
u32 get32be(const void *);
char16 upper(char16);                   // ASCII only

// Characters of a path with its NUL; longer ones are refused where they are made.
enum { MAX_PATH = 260 };

// A file that is open on the boot device. `read` fails the program on a device error.
typedef struct {
  u64 size;
  u32 extent_count;                     // disc: where it lies; the volume's and the network's file below
  struct { u64 offset, length; } extent[240];
  efi_file *handle;
  u8 *data;                             // network: the whole file, once it was read
  const char16 *path;                   // network: what to ask for, and in blocks of how many bytes
  u64 tftp_block;
} file;

// device.c: the device that `boot` (BCD device type 5) means
void device_open(efi_handle image);     // finds it as the boot manager does, or fails the program
u8 device_find(const char16 *path, u64 tftp_block, file *); // 0: no such file; `path` has to outlive the file
void device_read(file *, u64 offset, void *, u64 size);
void device_close(file *);
void device_bcd(file *, char16 *path);  // opens the store where this device has it, or fails the program

// disc.c: whole media, UDF or else ISO 9660
void disc_open(block_io *);
u8 disc_find(const char16 *path, file *);
void disc_read(file *, u64 offset, void *, u64 size);
void disc_bytes(u64 offset, void *, u64 size);
enum { DISC_BLOCK = 2048 };
u8 udf_open(void);
u8 udf_find(const char16 *path, file *);
u8 iso_open(void);
u8 iso_find(const char16 *path, file *);
// Copies the first component of *path (after its backslash) and moves *path behind it; 0 at the end of the path.
u32 next_component(const char16 **path, char16 *component);

// network.c
void network_open(pxe_base_code *);
u8 network_find(file *);
void network_load(file *);
void network_bcd(file *, char16 *path);

// hive.c: positions are those of key nodes within the hive; 0 = absent
void hive_open(u8 *bytes, u64 size, const char16 *path);
u32 hive_root(void);
u32 hive_key(u32 parent, const char16 *name);
typedef struct { u32 type, size; const u8 *data; } hive_value;
u8 hive_get(u32 key, const char *name, hive_value *);
enum { REG_SZ = 1, REG_BINARY = 3, REG_DWORD = 4, REG_MULTI_SZ = 7 };

// store.c: what the BCD says to start
typedef struct {
  char16 wim[MAX_PATH], sdi[MAX_PATH], loader[MAX_PATH];
  u64 tftp_block;                       // 0: not said
  u16 tftp_window;
  u8 tftp_variable;
  u8 has_osdevice, has_systemroot;
} boot_entry;
void store_read(boot_entry *);

// ramdisk.c
u8 sdi_valid(const u8 *head, u64 file_size);
const char *wim_problem(const u8 *header, u64 file_size); // NULL: the boot manager mounts it

#endif
