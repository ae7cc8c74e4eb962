/** A disk whose boot sector says something and switches a BIOS machine off: made without any image of ours. */
import { writeFileSync } from 'node:fs';

/** Writes the disk. Its code prints on COM1 and ends qemu by the debug port (qemu-arguments.ts). */
export function writePrintingDisk(path: string, text: string): void {
  const sector = new Uint8Array(1 << 20);
  // mov si,text; cld; next: lodsb; test al,al; jz end; mov dx,3f8h; out dx,al; jmp next; end: mov al,10h; mov dx,0f4h; out dx,al; hlt
  const code = [0xbe, 0x20, 0x7c, 0xfc, 0xac, 0x84, 0xc0, 0x74, 0x06, 0xba, 0xf8, 0x03, 0xee, 0xeb, 0xf5];
  const end = [0xb0, 0x10, 0xba, 0xf4, 0x00, 0xee, 0xf4];
  sector.set([...code, ...end]);
  sector.set(new TextEncoder().encode(`${text}\r\n`), 0x20);
  sector.set([0x55, 0xaa], 510);
  writeFileSync(path, sector);
}
