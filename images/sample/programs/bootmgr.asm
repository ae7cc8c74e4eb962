; Stand-in for Microsoft's BIOS `bootmgr`: a 16-bit program that boot sectors load to 2000:0000. It checks the state that
; the real one is started in (boot-chain 7), computes the CRC-32 of itself as loaded, prints both and powers off.
;
; It begins with a jump like the real one. bootmgr.ts pads it to 150,000 bytes with a known pattern, so that a loader
; that drops or repeats a chunk shows in the CRC, and patches that length in. Nothing in the loaded image is written
; before the CRC is done: variables lie at 0000:0600.
;
; Each line goes to the screen and to COM1. Where the BIOS itself is the screen (INT 10h leads into F000: no video ROM,
; as with qemu's "graphics=off") it mirrors what it shows to the serial port, late by a character; there the program
; writes to the screen alone, so that the port carries each line once.

bits 16
org 0
[map symbols]

DRIVE   equ 0x600               ; u8: DL at the jump
MIRROR  equ 0x601               ; u8: 1 = the BIOS mirrors the screen to the serial port
LINE    equ 0x610               ; the line under construction

        jmp     near start
        align   4, db 0
patch_length:
        dd      0               ; bytes of the whole file

start:  pushf
        pop     bp
        mov     ax, ds
        mov     cx, es
        or      ax, cx
        mov     cx, ss
        or      ax, cx          ; DS = ES = SS = 0?
        jnz     .bad
        cmp     sp, 0x7c00
        jne     .bad
        mov     ax, cs
        cmp     ax, 0x2000
        jne     .bad
        and     bp, 0x0600
        cmp     bp, 0x0200      ; interrupts on, direction flag clear?
        je      .good
.bad:   xor     ax, ax
        mov     ss, ax
        mov     sp, 0x7c00
        sti
        cld
        call    find_mirror
        call    begin
        mov     bx, failed_state
        call    text
        call    flush
        jmp     finish

.good:  mov     [ss:DRIVE], dl
        call    find_mirror
        call    begin
        mov     bx, who
        call    text
        call    flush
        call    begin
        mov     bx, firmware
        call    text
        call    flush

        call    begin
        mov     bx, device
        call    text
        movzx   eax, byte [ss:DRIVE]
        shl     eax, 24
        mov     cx, 2
        call    hex
        call    flush

; CRC-32 (IEEE 802.3, reflected), one bit at a time: 150,000 bytes take no time worth a table.
        mov     edx, 0xffffffff
        mov     ecx, [cs:patch_length]
        mov     ax, cs
        mov     es, ax
        xor     si, si
.byte:  xor     dl, [es:si]
        mov     bl, 8
.bit:   shr     edx, 1
        jnc     .zero
        xor     edx, 0xedb88320
.zero:  dec     bl
        jnz     .bit
        inc     si
        jnz     .same           ; SI wrapped: the next 64 KiB
        mov     ax, es
        add     ax, 0x1000
        mov     es, ax
.same:  dec     ecx
        jnz     .byte
        not     edx
        push    edx

        call    begin
        mov     bx, name
        call    text
        mov     eax, [cs:patch_length]
        call    decimal
        mov     bx, bytes
        call    text
        pop     eax
        mov     cx, 8
        call    hex
        call    flush

finish: call    begin
        mov     bx, done
        call    text
        call    flush
        sti
        mov     cx, 3           ; the mirror sends its last character at a timer tick: let three pass
.tick:  mov     ax, [ss:0x46c]
.same:  hlt
        cmp     ax, [ss:0x46c]
        je      .same
        loop    .tick
%include "bios/power-off.asm"

; Sets MIRROR: INT 10h in the system BIOS that answers AH=0Fh with 80 columns; a BIOS without any screen leaves AX.
find_mirror:
        mov     byte [ss:MIRROR], 0
        cmp     word [ss:0x42], 0xf000
        jne     .end
        mov     ah, 0x0f
        int     0x10
        cmp     ah, 80
        jne     .end
        mov     byte [ss:MIRROR], 1
.end:   ret

; Starts a line: ES:DI is where its next character goes.
begin:  xor     di, di
        mov     es, di
        mov     di, LINE
        mov     bx, prefix
; Appends the text at CS:BX.
text:   mov     al, [cs:bx]
        inc     bx
        test    al, al
        jz      .end
        stosb
        jmp     text
.end:   ret

; Appends the upper CX digits of EAX in hexadecimal.
hex:    rol     eax, 4
        push    ax
        and     al, 15
        cmp     al, 10
        jb      .digit
        add     al, 'a'-'0'-10
.digit: add     al, '0'
        stosb
        pop     ax
        loop    hex
        ret

; Appends EAX in decimal.
decimal:
        mov     ebx, 10
        xor     cx, cx
.split: xor     edx, edx
        div     ebx
        push    dx
        inc     cx
        test    eax, eax
        jnz     .split
.put:   pop     ax
        add     al, '0'
        stosb
        loop    .put
        ret

; Ends the line and sends it to COM1 (unless the BIOS does), then to the screen.
flush:  mov     al, 13
        stosb
        mov     al, 10
        stosb
        mov     byte [es:di], 0
        mov     si, LINE
        cmp     byte [es:MIRROR], 0
        jne     .show
.serial:
        mov     cl, [es:si]
        inc     si
        test    cl, cl
        jz      .show
        mov     dx, 0x3fd
.busy:  in      al, dx          ; ff, "ready", where there is no port
        test    al, 0x20
        jz      .busy
        mov     dx, 0x3f8
        mov     al, cl
        out     dx, al
        jmp     .serial
.show:  mov     si, LINE
.char:  mov     al, [es:si]
        inc     si
        test    al, al
        jz      .end
        push    si
        push    es
        mov     ah, 0x0e
        mov     bx, 7
        int     0x10
        pop     es
        pop     si
        jmp     .char
.end:   ret

prefix:         db "osdkit-sample: ", 0
who:            db "stand-in for bootmgr, 1.0.0, BIOS", 0
firmware:       db "firmware BIOS", 0
device:         db "boot device drive ", 0
name:           db "\bootmgr ", 0
bytes:          db " bytes crc32 ", 0
failed_state:   db "failed 0xc0000001 \bootmgr registers at the jump", 0
done:           db "done", 0
