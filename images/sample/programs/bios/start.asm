; Entry of the BIOS network programs, and what C cannot say in real mode. All code and data of a program lie in one
; segment; C is compiled with 32-bit registers (-m16, -mregparm=3: arguments in EAX, EDX, ECX), so it calls and returns
; with 32-bit addresses.
;
; NBP: a network boot program, called by PXE at 0000:7C00 (PXE 2.1 4.4.5): ES:BX -> PXENV+, SS:SP -> return address, then
; the far pointer to !PXE. Otherwise: bootmgr.exe, which pxeboot jumps to at 2000:0000 with ES:BX as it got it.

bits 16
extern main, bss_start, bss_end, pxe_entry
global start, pxe_call, far_in, far_out, teletype, video_columns, key_waiting, jump_to, power_off, idle

STACK   equ 0xfff0

section .text.start
start:
%ifdef NBP
        push    ebp
        movzx   ebp, sp
        mov     eax, [ss:bp+8]          ; behind EBP and the return address
        mov     [cs:0x7c00+caller_api-start], eax
        mov     [cs:0x7c00+caller_sp-start], bp
        mov     [cs:0x7c00+caller_ss-start], ss
%endif
        mov     cx, es
        mov     dx, bx
        mov     ax, cs
        mov     ds, ax
        mov     es, ax
        mov     ss, ax
%ifdef NBP
        mov     esp, 0x7c00
%else
        mov     esp, STACK
%endif
        sti
        cld
        push    cx
        push    dx
        mov     edi, bss_start
        mov     ecx, bss_end
        sub     ecx, edi
        xor     al, al
        rep     stosb
        pop     dx
        pop     cx
        movzx   eax, cx                 ; main(segment of PXENV+, its offset, !PXE as far pointer)
        movzx   edx, dx
%ifdef NBP
        mov     ecx, [caller_api]
%else
        xor     ecx, ecx
%endif
        call    dword main
%ifdef NBP
        mov     ss, [caller_ss]         ; back to PXE, which gives back to the BIOS
        movzx   esp, word [caller_sp]
        pop     ebp
        retf

        align   4
caller_api:     dd 0
caller_sp:      dw 0
caller_ss:      dw 0
%else
        jmp     power_off
%endif

section .text
; u32 pxe_call(u16 function, void *parameters): AX of the answer. PXE may change what it likes.
pxe_call:
        pushad
        push    ds
        push    es
        push    ds
        push    dx
        push    ax
        call    far [pxe_entry]
        add     sp, 6
        pop     es
        pop     ds
        cld
        sti
        movzx   eax, ax
        movzx   esp, sp
        mov     [esp+28], eax           ; EAX of PUSHAD
        popad
        o32 ret

; void far_in(void *to, u32 from, u32 size): from a linear address below 1 MiB.
far_in: push    esi
        push    edi
        push    ds
        mov     edi, eax
        mov     esi, edx
        shr     edx, 4
        and     esi, 15
        mov     ds, dx
        rep     movsb
        pop     ds
        pop     edi
        pop     esi
        o32 ret

; void far_out(u32 to, const void *from, u32 size)
far_out:
        push    esi
        push    edi
        push    es
        mov     edi, eax
        mov     esi, edx
        shr     eax, 4
        and     edi, 15
        mov     es, ax
        rep     movsb
        pop     es
        pop     edi
        pop     esi
        o32 ret

; void teletype(char)
teletype:
        pushad
        mov     ah, 0x0e
        mov     bx, 7
        int     0x10
        popad
        o32 ret

; u32 video_columns(void)
video_columns:
        push    ebx
        mov     ah, 0x0f
        int     0x10
        movzx   eax, ah
        pop     ebx
        o32 ret

; u32 key_waiting(void): scan code and character of a key that was pressed, taken; 0: none
key_waiting:
        xor     eax, eax
        mov     ah, 0x11
        int     0x16
        mov     eax, 0
        jz      .none
        mov     ah, 0x10
        int     0x16
        movzx   eax, ax
.none:  o32 ret

; void idle(void): until the next interrupt
idle:   hlt
        o32 ret

; void jump_to(u32 segment of PXENV+, u32 its offset): starts what lies at 2000:0000
jump_to:
        mov     es, ax
        mov     bx, dx
        jmp     0x2000:0

; void power_off(void)
power_off:
        sti
        mov     cx, 3                   ; a BIOS that mirrors the screen sends the last character at a timer tick
.tick:  mov     ax, 0x40
        mov     es, ax
        mov     ax, [es:0x6c]
.same:  hlt
        cmp     ax, [es:0x6c]
        je      .same
        loop    .tick
%include "bios/power-off.asm"
