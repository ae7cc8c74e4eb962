; Master boot record code: the first thing a BIOS runs from a stick. It moves itself out of the way, finds the active
; partition, reads that partition's first sector to 0000:7C00 and jumps there with DL = drive and DS:SI = the entry,
; as every MBR does. At most 440 bytes: the disk signature and the partition table follow.

bits 16
org 0x600
[map symbols]

%include "load.inc"

        SET_SEGMENTS
        mov     si, 0x7c00
        mov     di, 0x600
        mov     cx, 256
        rep     movsw
        jmp     0:moved

moved:  test    dl, 0x80                ; a few BIOSes pass no drive number at all: the boot disk is then the first
        jnz     .known
        mov     dl, 0x80
.known: mov     [drive], dl

        mov     si, 0x7be
        mov     cx, 4
.entry: test    byte [si], 0x80
        jnz     active
        add     si, 16
        loop    .entry
        mov     si, text_none
        jmp     complain

active: mov     eax, [si+8]
        mov     [packet_lba], eax
        push    si
        NEED_EXTENSIONS no_lba          ; DL is still the drive
        mov     bp, 3
.try:   mov     si, packet
        mov     word [si+2], 1
        mov     dl, [drive]
        mov     ah, 0x42
        int     0x13
        jnc     .got
        dec     bp
        jz      read_error
        xor     ax, ax
        mov     dl, [drive]
        int     0x13
        jmp     .try
.got:   mov     si, text_record
        cmp     word [0x7dfe], 0xaa55
        jne     complain
        pop     si
        mov     dl, [drive]
        jmp     0:0x7c00

no_lba: mov     si, text_lba
        jmp     complain

        ERRORS
text_none:      db 13, 10, "osdkit: no active partition", 0
text_record:    db 13, 10, "osdkit: partition has no boot record", 0

        align   4, db 0
packet:         db 16, 0
                dw 1, 0x7c00, 0
packet_lba:     dd 0, 0
drive:          db 0
        times   440-($-$$) db 0
