; Boot record code of the FAT32 volume: it loads the contiguous file `bootmgr` to 2000:0000 and jumps there, as
; cd.asm does. The builder patches the file's absolute sector, so the image has to lie at sector 0 of the stick, which
; is what `dd` makes; the FAT itself is not read.
;
; It lives in bytes 90..445 of the sector, behind the BPB, which stays the formatter's. Bytes 446..509 stay zero:
; firmware reads a partition table there (boot-chain 5.1, "trap"). What is kept are the 420 bytes from 90 on.

bits 16
org 0x7c00 + 90
[map symbols]

%include "load.inc"

SECTOR_SHIFT    equ 9
CHUNK           equ 64          ; 32 KiB a call, as on CD; some BIOSes refuse more than 127 sectors

        jmp     0:start
start:  SET_SEGMENTS
        mov     [drive], dl
        mov     bx, 0x55aa
        mov     ah, 0x41                ; are the extensions there?
        int     0x13
        jc      no_lba
        cmp     bx, 0xaa55
        jne     no_lba
        test    cl, 1
        jz      no_lba
        LOAD_FILE

no_lba: mov     si, text_lba
        jmp     complain

        ERRORS

        LOAD_DATA
        times   446-90-($-$$) db 0      ; fails to assemble when the code grows into 446..509
        times   64 db 0
