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
%define read_failed read_error  ; the extensions are known to be there
CHUNK           equ 64          ; 32 KiB a call, as on CD; some BIOSes refuse more than 127 sectors

        jmp     0:start
start:  SET_SEGMENTS
        mov     [drive], dl
        NEED_EXTENSIONS no_lba
        LOAD_FILE

no_lba: mov     si, text_lba
        jmp     complain

        ERRORS

; The address packet lies on a multiple of 4. Not by ALIGN: NASM would align the whole section for it, from 90 to 92.
        times   (2-($-$$)) & 3 db 0
        LOAD_DATA
        times   446-90-($-$$) db 0      ; fails to assemble when the code grows into 446..509
        times   64 db 0
