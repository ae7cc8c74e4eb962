// Walks the BCD store as the boot manager does and finds what to start: boot manager object, default entry, its
// elements, the ramdisk and its options. What is required and the status of each failure: boot-chain 2.
#include "sample.h"

enum {
  TYPE_BOOT_MANAGER = 0x10100002, TYPE_BOOT_MANAGER_WDS = 0x10200002,
  TYPE_LOADER = 0x10200003,
  TYPE_OPTIONS = 0x30000000,
  ELEMENT_DEVICE = 0x11000001,
  ELEMENT_PATH = 0x12000002,
  ELEMENT_DESCRIPTION = 0x12000004,
  ELEMENT_OS_DEVICE = 0x21000001,
  ELEMENT_SYSTEM_ROOT = 0x22000002,
  ELEMENT_DEFAULT = 0x23000003,
  ELEMENT_DISPLAY_ORDER = 0x24000001,
  ELEMENT_SDI_DEVICE = 0x31000003,
  ELEMENT_SDI_PATH = 0x32000004,
  ELEMENT_TFTP_BLOCK = 0x35000007,
  ELEMENT_TFTP_WINDOW = 0x35000008,
  ELEMENT_TFTP_VARIABLE = 0x3600000b,
  DEVICE_RAMDISK_SOURCE = 3, DEVICE_BOOT = 5,
};

static u32 objects;

static void hex_text(char16 *to, u32 value, u32 digits) {
  while (digits--) *to++ = (char16)"0123456789abcdef"[value >> digits * 4 & 15];
}

// {xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}; the first three groups are stored little-endian.
static void guid_text(const u8 *bytes, char16 *to) {
  static const u8 order[] = {3, 2, 1, 0, 0xff, 5, 4, 0xff, 7, 6, 0xff, 8, 9, 0xff, 10, 11, 12, 13, 14, 15};
  *to++ = '{';
  for (u32 i = 0; i < sizeof order; i++) {
    if (order[i] == 0xff) {
      *to++ = '-';
      continue;
    }
    hex_text(to, bytes[order[i]], 2);
    to += 2;
  }
  *to++ = '}';
  *to = 0;
}

// An object's elements key; *type gets the object's type. 0: there is no such object.
static u32 object(const char16 *name, u32 *type) {
  hive_value value;
  u32 key = hive_key(objects, name);
  if (!key) return 0;
  u32 description = hive_key(key, L"Description");
  *type = description && hive_get(description, "Type", &value) && value.type == REG_DWORD && value.size == 4
              ? get32(value.data)
              : 0;
  return hive_key(key, L"Elements");
}

static u8 element(u32 elements, u32 id, u32 type, hive_value *value) {
  char16 name[9] = {0};
  hex_text(name, id, 8);
  u32 key = elements ? hive_key(elements, name) : 0;
  return key && hive_get(key, "Element", value) && value->type == type;
}

// Copies a NUL-terminated string that must have room in MAX_PATH; 0 when it is empty, unended or too long.
static u8 string(const u8 *data, u32 size, char16 *to) {
  for (u32 i = 0; i + 2 <= size && i < MAX_PATH * 2; i += 2) {
    to[i / 2] = get16(data + i);
    if (!to[i / 2]) return i != 0;
  }
  return 0;
}

static u8 string_element(u32 elements, u32 id, u32 type, char16 *to) {
  hive_value value;
  return element(elements, id, type, &value) && string(value.data, value.size, to);
}

// A device element is 16 bytes of options GUID and a descriptor: type, flags, size, 0. The one for "boot" has 72 bytes.
static u8 is_boot_device(const u8 *descriptor, u32 size) {
  return size >= 72 && get32(descriptor) == DEVICE_BOOT && get32(descriptor + 8) == 72;
}

// boot-chain 1.1; `path` and `options` (a GUID) are set for a well-formed ramdisk whose file is on the boot device.
static u8 ramdisk(const hive_value *value, char16 *path, const u8 **options) {
  const u8 *d = value->data;
  if (value->size < 140 + 4 || get32(d + 16) != 0 || get32(d + 20) != 1) return 0;
  u32 size = get32(d + 24), source = get32(d + 60);
  if (size != value->size - 16 || get32(d + 32) != DEVICE_RAMDISK_SOURCE) return 0;
  if (get32(d + 56) != 1 || get32(d + 64) != 5 || source != size - 40) return 0;
  *options = d;
  return is_boot_device(d + 68, source - 12) && string(d + 140, value->size - 140, path) && path[0] == '\\';
}

static void copy_path(char16 *to, const char16 *from) {
  while ((*to++ = *from++)) {}
}

static void read_options(const u8 *options_guid, boot_entry *entry) {
  char16 name[40];
  hive_value value;
  u32 type;
  copy_path(entry->sdi, L"\\boot\\boot.sdi"); // the default, also where the object is not there
  guid_text(options_guid, name);
  u32 elements = object(name, &type);
  if (!elements) return;
  if (type != TYPE_OPTIONS) fail(STATUS_UNSUCCESSFUL, NULL, "ramdisk options object has another type");
  if (element(elements, ELEMENT_SDI_DEVICE, REG_BINARY, &value) &&
      (value.size < 16 || !is_boot_device(value.data + 16, value.size - 16))) {
    fail(STATUS_NO_SUCH_FILE, NULL, "SDI device is not the boot device");
  }
  string_element(elements, ELEMENT_SDI_PATH, REG_SZ, entry->sdi);
  // 1 to 8 bytes, little-endian; the largest block TFTP has is below 65536
  if (element(elements, ELEMENT_TFTP_BLOCK, REG_BINARY, &value)) {
    for (u32 i = 0; i < value.size && i < 2; i++) entry->tftp_block |= (u32)value.data[i] << i * 8;
  }
  if (element(elements, ELEMENT_TFTP_WINDOW, REG_BINARY, &value)) {
    for (u32 i = 0; i < value.size && i < 2; i++) entry->tftp_window |= (u16)(value.data[i] << i * 8);
  }
  entry->tftp_variable = element(elements, ELEMENT_TFTP_VARIABLE, REG_BINARY, &value) && value.size && value.data[0];
}

void store_read(boot_entry *entry) {
  char16 name[MAX_PATH];
  hive_value value;
  const u8 *options;
  u32 type;
  u32 top = hive_root();
  objects = hive_key(top, L"Objects");
  if (!hive_key(top, L"Description")) fail(STATUS_NO_NAME, L"\\EFI\\Microsoft\\Boot\\BCD", "no key Description");
  u32 manager = objects ? object(L"{9dea862c-5cdd-4e70-acc1-f32b344d4795}", &type) : 0;
  if (!manager || (type != TYPE_BOOT_MANAGER && type != TYPE_BOOT_MANAGER_WDS)) {
    fail(STATUS_NO_NAME, L"\\BCD", "no boot manager object");
  }
  // The first string of the list has the shape of a single one. With neither there is nothing to start (the real
  // one's status for that was not measured).
  if (!string_element(manager, ELEMENT_DEFAULT, REG_SZ, name) &&
      !string_element(manager, ELEMENT_DISPLAY_ORDER, REG_MULTI_SZ, name)) {
    fail(STATUS_NO_NAME, L"\\BCD", "neither default nor displayorder");
  }

  u32 loader = object(name, &type);
  if (!loader || type != TYPE_LOADER) fail(STATUS_UNSUCCESSFUL, name, "no such loader object");
  if (!string_element(loader, ELEMENT_DESCRIPTION, REG_SZ, name)) fail(STATUS_UNSUCCESSFUL, NULL, "no description");
  if (!element(loader, ELEMENT_DEVICE, REG_BINARY, &value)) fail(STATUS_UNSUCCESSFUL, NULL, "no device");
  if (!ramdisk(&value, entry->wim, &options)) fail(STATUS_NO_SUCH_FILE, NULL, "device is no ramdisk");
  read_options(options, entry);

  copy_path(entry->loader, L"\\windows\\system32\\boot\\winload.efi");
  string_element(loader, ELEMENT_PATH, REG_SZ, entry->loader);
  char16 path[MAX_PATH];
  entry->has_osdevice = element(loader, ELEMENT_OS_DEVICE, REG_BINARY, &value) && ramdisk(&value, path, &options);
  entry->has_systemroot = string_element(loader, ELEMENT_SYSTEM_ROOT, REG_SZ, path);
}
