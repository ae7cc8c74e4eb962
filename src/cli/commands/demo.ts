/** `osdkit demo`. */
import { demo, type Demo } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { given } from '../option-values.ts';
import { renderCreatedMedium } from '../render-medium.ts';

export const demoCommand = defineCommand({
  useCase: demo,
  declare: (command) =>
    command
      .option('--output <dir>', 'folder to write into (default: osdkit-demo)')
      .option('--architecture <a>', 'x64 or arm64 (default: x64)')
      .option('--force', 'replace other files of the same names'),
  input: (_, options) => given(options),
  examples: [
    ['osdkit demo', 'osdkit-demo/osdkit-demo-x64.iso'],
    ['osdkit demo --architecture arm64 --output /tmp/demo', 'for arm64, which has no BIOS'],
  ],
  render,
});

function render(result: Demo): string {
  const iso = result.medium.output;
  return [
    `${result.bootImage.path} is the sample boot image: WinPE's layout, boot programs of our own`,
    renderCreatedMedium(result.medium),
    '',
    'Boot it in qemu (it prints what it read, with CRC-32, and powers off)',
    ...qemuLines(result, iso),
    '',
    'With your own Windows PE (winpe.wim of the ADK, or sources/boot.wim of a Windows ISO)',
    '  osdkit media create bootable --boot-image boot.wim --output boot.iso',
  ].join('\n');
}

function qemuLines({ architecture, bios }: Demo, iso: string): string[] {
  if (architecture === 'arm64') {
    const machine = 'qemu-system-aarch64 -machine virt -cpu cortex-a72 -m 512 -nographic';
    const firmware = '-bios /usr/share/qemu-efi-aarch64/QEMU_EFI.fd';
    return [`  UEFI:  ${machine} ${firmware} -device virtio-scsi-pci -cdrom ${iso}`];
  }
  return [
    `  UEFI, CD:     qemu-system-x86_64 -machine q35 -m 512 -bios /usr/share/ovmf/OVMF.fd -cdrom ${iso}`,
    `  UEFI, stick:  qemu-system-x86_64 -machine q35 -m 512 -bios /usr/share/ovmf/OVMF.fd -device qemu-xhci -drive if=none,id=u,format=raw,file=${iso} -device usb-storage,drive=u`,
    ...(bios ? [`  BIOS, CD:     qemu-system-x86_64 -m 512 -cdrom ${iso}`] : []),
    ...(bios ? [`  BIOS, stick:  qemu-system-x86_64 -m 512 -drive format=raw,file=${iso}`] : []),
  ];
}
