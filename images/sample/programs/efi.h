// The part of the UEFI specification (2.10) that the sample boot program uses. Members that it never calls are void
// pointers, so that every offset is as in the specification.
#ifndef EFI_H
#define EFI_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef u16 char16; // wchar_t with -fshort-wchar: L"" literals
typedef u64 efi_status;
typedef void *efi_handle;

#define NULL ((void *)0)
// Both targets are *-windows: the compiler's own calling convention is UEFI's (2.3.4.2, 2.3.6.4).

typedef struct { u32 a; u16 b, c; u8 d[8]; } guid;

// 10.2, 10.3: device path nodes
typedef struct { u8 type, subtype, length[2]; } device_path;
enum {
  PATH_MESSAGING = 3, MESSAGING_UART = 14,
  PATH_MEDIA = 4, MEDIA_HARD_DRIVE = 1, MEDIA_CDROM = 2,
  PATH_END = 0x7f, PATH_END_ENTIRE = 0xff,
};
typedef struct __attribute__((packed)) {
  device_path header;
  u32 partition;
  u64 start, size;
  u8 signature[16];
  u8 table;           // 1 MBR, 2 GPT
  u8 signature_type;
} hard_drive_path;

typedef struct { u64 signature; u32 revision, size, crc32, reserved; } table_header;

// 12.4
typedef struct text_output {
  void *reset;
  efi_status (*output)(struct text_output *, const char16 *);
} text_output;

// 12.8
typedef struct serial_io {
  u32 revision;
  void *reset, *set_attributes, *set_control, *get_control;
  efi_status (*write)(struct serial_io *, u64 *size, const void *);
} serial_io;

// 4.4
typedef struct {
  table_header header;
  void *raise_tpl, *restore_tpl;
  efi_status (*allocate_pages)(u32 how, u32 type, u64 pages, u64 *address);
  efi_status (*free_pages)(u64 address, u64 pages);
  void *get_memory_map;
  efi_status (*allocate_pool)(u32 type, u64 size, void **buffer);
  void *free_pool;
  void *events[6];
  void *install[3];
  efi_status (*handle_protocol)(efi_handle, const guid *, void **);
  void *reserved, *register_notify, *locate_handle;
  efi_status (*locate_device_path)(const guid *, device_path **, efi_handle *);
  void *install_table, *load_image, *start_image;
  void *exit, *unload, *exit_boot_services;
  void *monotonic;
  efi_status (*stall)(u64 microseconds);
  efi_status (*set_watchdog)(u64 seconds, u64 code, u64 size, const char16 *data);
  void *connect, *disconnect, *open_protocol, *close_protocol, *information;
  void *protocols, *handle_buffer;
  efi_status (*locate_protocol)(const guid *, void *registration, void **);
} boot_services;

// 4.5
typedef struct {
  table_header header;
  void *time[4], *memory[2];
  efi_status (*get_variable)(const char16 *, const guid *, u32 *attributes, u64 *size, void *data);
  void *next_variable, *set_variable, *high_monotonic;
  void (*reset_system)(u32 type, efi_status, u64 size, const void *data);
} runtime_services;

// 4.3
typedef struct {
  table_header header;
  const char16 *vendor;
  u32 firmware_revision;
  efi_handle in_handle;
  void *in;
  efi_handle out_handle;
  text_output *out;
  efi_handle error_handle;
  void *error;
  runtime_services *runtime;
  boot_services *boot;
} system_table;

// 9.1
typedef struct {
  u32 revision;
  efi_handle parent;
  system_table *system;
  efi_handle device;
  device_path *file_path;
} loaded_image;

// 10.6.2
typedef struct {
  void *node_to_text;
  char16 *(*path_to_text)(const device_path *, u8 display_only, u8 shortcuts);
} path_to_text;

// 13.5
typedef struct efi_file {
  u64 revision;
  efi_status (*open)(struct efi_file *, struct efi_file **, const char16 *, u64 mode, u64 attributes);
  efi_status (*close)(struct efi_file *);
  void *delete;
  efi_status (*read)(struct efi_file *, u64 *size, void *);
  void *write;
  efi_status (*get_position)(struct efi_file *, u64 *);
  efi_status (*set_position)(struct efi_file *, u64);
  efi_status (*get_info)(struct efi_file *, const guid *, u64 *size, void *);
} efi_file;
// 13.5: EFI_FILE_INFO, without the name that follows
typedef struct { u64 size, file_size, physical_size; u8 times[48]; u64 attribute; } efi_file_info;
enum { FILE_DIRECTORY = 0x10 };

// 13.4
typedef struct file_system {
  u64 revision;
  efi_status (*open_volume)(struct file_system *, efi_file **);
} file_system;

// 13.9
typedef struct { u32 id; u8 removable, present, logical, read_only, write_caching; u32 block_size, align; u64 last; } block_media;
typedef struct block_io {
  u64 revision;
  block_media *media;
  void *reset;
  efi_status (*read)(struct block_io *, u32 media_id, u64 lba, u64 size, void *);
} block_io;

// 24.3: EFI_PXE_BASE_CODE_PACKET is a DHCP packet of at most 1472 bytes
typedef struct { u8 bytes[1472]; } pxe_packet;
typedef struct {
  u8 started, ipv6_available, ipv6_supported, using_ipv6, bis_supported, bis_detected, auto_arp, send_guid;
  u8 discover_valid, ack_received, proxy_offer_received, pxe_discover_valid, pxe_reply_received, pxe_bis_received;
  u8 icmp_error, tftp_error, callbacks, ttl, tos;
  u8 pad;
  u8 station_ip[16], subnet[16];
  pxe_packet discover, ack, proxy_offer, pxe_discover, pxe_reply, pxe_bis_reply;
} pxe_mode;
enum { TFTP_GET_FILE_SIZE = 1, TFTP_READ_FILE = 2 };
typedef struct pxe_base_code {
  u64 revision;
  void *start, *stop, *dhcp, *discover;
  efi_status (*mtftp)(struct pxe_base_code *, u32 operation, void *buffer, u8 overwrite, u64 *size, u64 *block_size,
                      const u8 *server, const u8 *name, void *info, u8 no_buffer);
  void *udp[2], *set_filter, *arp, *set_parameters, *set_station, *set_packets;
  pxe_mode *mode;
} pxe_base_code;

#endif
