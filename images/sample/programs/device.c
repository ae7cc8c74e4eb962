// The device that BCD calls "boot". The boot manager chooses it by the device path it was loaded from and by nothing
// else (boot-chain 5.1): a path that ends in CDROM() means the whole medium, HD() that partition, network its server.
#include "sample.h"

static const guid loaded_image_guid = {0x5b1b31a1, 0x9562, 0x11d2, {0x8e, 0x3f, 0x00, 0xa0, 0xc9, 0x69, 0x72, 0x3b}};
static const guid device_path_guid = {0x09576e91, 0x6d3f, 0x11d2, {0x8e, 0x39, 0x00, 0xa0, 0xc9, 0x69, 0x72, 0x3b}};
static const guid path_to_text_guid = {0x8b843e20, 0x8132, 0x4852, {0x90, 0xcc, 0x55, 0x1a, 0x4e, 0x4a, 0x7f, 0x1c}};
static const guid block_io_guid = {0x964e5b21, 0x6459, 0x11d2, {0x8e, 0x39, 0x00, 0xa0, 0xc9, 0x69, 0x72, 0x3b}};
static const guid file_system_guid = {0x964e5b22, 0x6459, 0x11d2, {0x8e, 0x39, 0x00, 0xa0, 0xc9, 0x69, 0x72, 0x3b}};
static const guid file_info_guid = {0x09576e92, 0x6d3f, 0x11d2, {0x8e, 0x39, 0x00, 0xa0, 0xc9, 0x69, 0x72, 0x3b}};
static const guid pxe_guid = {0x03c4e603, 0xac28, 0x11d3, {0x9a, 0x2d, 0x00, 0x90, 0x27, 0x3f, 0xc1, 0x4d}};

static enum { DEVICE_DISC, DEVICE_VOLUME, DEVICE_NETWORK } kind;
static efi_file *volume; // the partition's root folder

static void *protocol(efi_handle handle, const guid *which) {
  void *interface = NULL;
  return firmware->boot->handle_protocol(handle, which, &interface) ? NULL : interface;
}

static void say_path(const device_path *path) {
  path_to_text *converter;
  if (path && !firmware->boot->locate_protocol(&path_to_text_guid, NULL, (void **)&converter)) {
    const char16 *text = converter->path_to_text(path, 0, 0);
    if (text) say_wide(text);
  }
}

static const device_path *next_node(const device_path *node) {
  return (const device_path *)((const u8 *)node + get16(node->length));
}

// The block device of the medium that the path's last node is a part of.
static block_io *whole_medium(const device_path *path, const device_path *last) {
  u64 size = (u64)((const u8 *)last - (const u8 *)path);
  u8 *parent = allocate(size + sizeof *last);
  copy(parent, path, size);
  device_path *end = (device_path *)(parent + size);
  end->type = PATH_END;
  end->subtype = PATH_END_ENTIRE;
  end->length[0] = sizeof *end;
  device_path *rest = (device_path *)parent;
  efi_handle handle;
  if (firmware->boot->locate_device_path(&block_io_guid, &rest, &handle) || rest->type != PATH_END) {
    fail(STATUS_NO_SUCH_FILE, NULL, "whole medium not found");
  }
  return protocol(handle, &block_io_guid);
}

// The boot manager does not take a disk for a GPT one when its protective MBR has a second entry or an active flag
// (boot-chain 5.1, "hybrid MBR is fatal").
static void check_protective_mbr(const device_path *path, const hard_drive_path *partition) {
  if (partition->table != 2) return;
  block_io *disk = whole_medium(path, &partition->header);
  u8 *sector = allocate(disk->media->block_size);
  if (disk->read(disk, disk->media->id, 0, disk->media->block_size, sector)) fail(STATUS_UNSUCCESSFUL, NULL, "disk read");
  u32 entries = 0, protective = 0;
  for (const u8 *entry = sector + 0x1be; entry < sector + 0x1fe; entry += 16) {
    entries += entry[4] != 0;
    protective += entry[4] == 0xee && entry[0] == 0;
  }
  if (entries != 1 || protective != 1) fail(STATUS_NOT_SUPPORTED, NULL, "hybrid MBR beside a GPT");
}

void device_open(efi_handle image) {
  loaded_image *self = protocol(image, &loaded_image_guid);
  const device_path *path = self ? protocol(self->device, &device_path_guid) : NULL;
  say_begin();
  say("loaded from ");
  say_path(path);
  if (self) {
    say(" ");
    say_path(self->file_path);
  }
  say_end();

  const device_path *last = NULL;
  for (const device_path *node = path; node && node->type != PATH_END; node = next_node(node)) last = node;
  pxe_base_code *pxe = self ? protocol(self->device, &pxe_guid) : NULL;
  file_system *files = self ? protocol(self->device, &file_system_guid) : NULL;
  const char *name;
  if (pxe && pxe->mode) {
    kind = DEVICE_NETWORK;
    name = "pxe";
  } else if (last && last->type == PATH_MEDIA && last->subtype == MEDIA_CDROM) {
    kind = DEVICE_DISC;
    name = "cdrom";
  } else if (last && last->type == PATH_MEDIA && last->subtype == MEDIA_HARD_DRIVE && files) {
    kind = DEVICE_VOLUME;
    name = "partition";
  } else {
    fail(STATUS_NO_SUCH_FILE, NULL, "loaded from neither CD nor partition nor PXE");
  }
  say_begin();
  say("boot device ");
  say(name);
  say_end();

  if (kind == DEVICE_NETWORK) network_open(pxe);
  if (kind == DEVICE_DISC) disc_open(whole_medium(path, last));
  if (kind == DEVICE_VOLUME) {
    check_protective_mbr(path, (const hard_drive_path *)last);
    if (files->open_volume(files, &volume)) fail(STATUS_NO_SUCH_FILE, NULL, "volume cannot be opened");
  }
}

static u8 volume_find(const char16 *path, file *out) {
  // EFI_FILE_INFO ends in the file's name
  union { efi_file_info info; u8 room[sizeof(efi_file_info) + MAX_PATH * 2]; } about;
  u64 size = sizeof about;
  if (volume->open(volume, &out->handle, path, 1 /* read */, 0)) return 0;
  if (out->handle->get_info(out->handle, &file_info_guid, &size, &about) || about.info.attribute & FILE_DIRECTORY) return 0;
  out->size = about.info.file_size;
  return 1;
}

u8 device_find(const char16 *path, u64 tftp_block, file *out) {
  out->handle = NULL;
  out->data = NULL;
  out->path = path;
  out->tftp_block = tftp_block;
  if (path[0] != '\\') return 0;
  if (kind == DEVICE_NETWORK) return network_find(out);
  return kind == DEVICE_DISC ? disc_find(path, out) : volume_find(path, out);
}

void device_read(file *from, u64 offset, void *to, u64 size) {
  if (offset > from->size || size > from->size - offset) fail(STATUS_UNSUCCESSFUL, NULL, "read behind the end of a file");
  if (kind == DEVICE_NETWORK) {
    if (!from->data) network_load(from);
    copy(to, from->data + offset, size);
  } else if (kind == DEVICE_DISC) {
    disc_read(from, offset, to, size);
  } else {
    u64 got = size;
    if (from->handle->set_position(from->handle, offset) || from->handle->read(from->handle, &got, to) || got != size) {
      fail(STATUS_UNSUCCESSFUL, NULL, "volume read");
    }
  }
}

void device_close(file *which) {
  if (which->data) release(which->data, which->size);
  if (which->handle) which->handle->close(which->handle);
}

void device_bcd(file *out, char16 *path) {
  static const char16 usual[] = L"\\EFI\\Microsoft\\Boot\\BCD";
  copy(path, usual, sizeof usual);
  if (kind == DEVICE_NETWORK) {
    network_bcd(out, path);
  } else if (!device_find(path, 0, out)) {
    fail(STATUS_NO_SUCH_FILE, path, NULL);
  }
}
