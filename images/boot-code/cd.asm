; El Torito "no emulation" boot image: the first thing a BIOS runs from our CD. It loads the file `bootmgr`, whose place
; the builder patches in, to 2000:0000 and jumps there.
;
; Why no file system reader: the file is contiguous and its sector is known when the image is made, and a sector
; number cannot be confused by whichever of UDF, ISO 9660 or Joliet a disc has.
; State at the jump, as Microsoft's bootmgr needs it (boot-chain 7): SS:SP = 0000:7C00, DS = ES = 0, DL = boot drive,
; interrupts on, direction flag clear.
;
; The BIOS is told to load 8 sectors of 512 bytes (boot-chain 5.4); only the first 2048 bytes are ours, and what is
; kept here ends with the last byte used.

bits 16
org 0x7c00
[map symbols]

%include "load.inc"

SECTOR_SHIFT    equ 11          ; the unit of INT 13h on an El Torito drive is 2048 bytes
CHUNK           equ 16          ; 32 KiB a call: never crosses a 64 KiB boundary, since 2000:0 lies on one

        jmp     0:start         ; some BIOSes come in as 07C0:0000
start:  SET_SEGMENTS
        mov     [drive], dl

        LOAD_FILE

; INT 13h AH=41h is asked only to explain a failure: El Torito promises AH=42h on the drive it boots from, and some
; BIOSes that keep the promise deny the extensions for that drive.
read_failed:
        mov     dl, [drive]
        NEED_EXTENSIONS no_lba
        jmp     read_error
no_lba: mov     si, text_lba
        jmp     complain

        ERRORS

        align   4, db 0
        LOAD_DATA
