// What the BIOS network programs share: real mode, PXE 2.1, and the strict readers of the EFI programs.
#ifndef BIOS_H
#define BIOS_H
#include "../sample.h"

// start.asm
u32 pxe_call(u32 function, void *parameters);
void far_in(void *to, u32 from, u32 size);
void far_out(u32 to, const void *from, u32 size);
void teletype(u32 character);
u32 video_columns(void);
u32 key_waiting(void);
void idle(void);
_Noreturn void jump_to(u32 segment, u32 offset);
_Noreturn void power_off(void);

// console.c
void say_bytes(const u8 *text, u32 most); // up to NUL; what is not printable shows as ?
void say_address(u32 address); // as in packets

// pxe.c
void pxe_open(u32 segment, u32 offset, u32 far_api); // finds !PXE and the packets, or fails the program
extern u8 packet[1024];         // the DHCP packet that named the boot file
extern u32 own_address, server; // as in packets
u32 ticks(void);                // 18.2 a second

// tftp.c
enum { BLOCK_MOST = 1456 };
typedef struct {
  u32 block, window;    // 0: not asked for
  u8 variable;          // Microsoft's window that each acknowledgement sets
} tftp_options;
// The size of a file by a probe that ends in an ERROR, as the boot manager does; 0: there is none.
u8 tftp_size(const char16 *path, u32 *size);
// Reads a whole file; `take` gets each block in order.
u8 tftp_read(const char16 *path, const tftp_options *, u32 *size, void (*take)(const u8 *, u32));
#endif
