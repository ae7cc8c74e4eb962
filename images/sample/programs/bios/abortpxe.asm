; Stand-in for abortpxe.com: gives back to PXE, and so to the BIOS, which goes on to its next boot device.
bits 16
org 0x7c00
        pusha
        push    ds
        push    cs
        pop     ds
        mov     si, line
        cld
.next:  lodsb
        test    al, al
        jz      .end
        mov     ah, 0x0e
        mov     bx, 7
        int     0x10
        jmp     .next
.end:   pop     ds
        popa
        xor     ax, ax          ; PXENV_EXIT_SUCCESS
        retf
line:   db 13, 10, "osdkit-sample: stand-in for abortpxe.com, 1.0.0, BIOS", 13, 10, 0
