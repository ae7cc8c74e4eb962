; Switches the machine off and does not come back: the last part of start.asm and of bootmgr.asm, which each wait for the
; screen's mirror before it in their own way (their segments differ).

        mov     ax, 0x5301              ; APM: connect, version 1.2, off
        xor     bx, bx
        int     0x15
        mov     ax, 0x530e
        xor     bx, bx
        mov     cx, 0x0102
        int     0x15
        mov     ax, 0x5307
        mov     bx, 1
        mov     cx, 3
        int     0x15
        mov     dx, 0xf4                ; qemu's isa-debug-exit
        mov     al, 0x10
        out     dx, al
        mov     dx, 0x604               ; qemu's ACPI PM1a control: sleep type 0, enable
        mov     ax, 0x2000
        out     dx, ax
.stop:  hlt
        jmp     .stop
