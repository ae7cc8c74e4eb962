/**
 * The qemu command line for each firmware and medium, as data; nothing is started here.
 * TCG only: the KVM of the machines this was measured on breaks OVMF (runtime.md 2).
 */
import { FIRMWARE } from './tool-table.ts';

/** SeaBIOS (qemu's own), OVMF for x64, the same with Secure Boot on and Debian's test keys alone, AAVMF for arm64. */
export type Firmware = 'seabios' | 'ovmf' | 'ovmf-secure' | 'aavmf';

/** An image file and how the machine sees it. It is never written: sticks and disks get a throw-away overlay. */
export interface Medium {
  readonly kind: 'cd' | 'usb' | 'disk';
  readonly path: string;
}

/** A network card on a tap that exists already. */
export interface TapCard {
  readonly tap: string;
  readonly mac: string;
  /** `http` keeps the firmware from trying PXE and IPv6 first (about a minute); AAVMF ignores the switch. */
  readonly boot: 'http' | 'pxe';
  /** iPXE as qemu's own option ROM: names of ROM files do not work with virtio (runtime.md 3). Default: none, the firmware speaks. */
  readonly rom?: 'ipxe';
}

/** What decides the command line. */
export interface MachineOptions {
  readonly firmware: Firmware;
  readonly medium?: Medium;
  readonly card?: TapCard;
  /** Default `medium`. The other is tried when the first gives up. */
  readonly first?: 'card' | 'medium';
  readonly memoryMiB: number;
  readonly extra: readonly string[];
  /** This run's own copy of the VARS file; a used one has dropped to the shell for a stale boot order. */
  readonly varsPath: string;
  /** File that the serial port goes to: qemu drops characters that a pipe does not take at once. Without: standard output. */
  readonly serialPath?: string;
}

/** Names for `requireTool`: what a firmware needs. */
export const VM_TOOLS: Readonly<Record<Firmware, readonly string[]>> = {
  seabios: ['qemu-system-x86_64'],
  ovmf: ['qemu-system-x86_64', 'ovmf'],
  'ovmf-secure': ['qemu-system-x86_64', 'ovmf-secure'],
  aavmf: ['qemu-system-aarch64', 'aavmf'],
};

function machine(options: MachineOptions): string[] {
  const flash = (code: string) => [
    '-drive',
    `if=pflash,format=raw,readonly=on,file=${code}`,
    '-drive',
    `if=pflash,format=raw,file=${options.varsPath}`,
  ];
  if (options.firmware === 'ovmf') return ['-machine', 'q35', ...flash(FIRMWARE.ovmfCode)];
  if (options.firmware === 'ovmf-secure') {
    // Its variables are protected by system management mode, which must be there (OvmfPkg/README).
    const protect = ['-global', 'driver=cfi.pflash01,property=secure,value=on'];
    return ['-machine', 'q35,smm=on', ...protect, ...flash(FIRMWARE.ovmfSecureCode)];
  }
  if (options.firmware === 'aavmf') return ['-machine', 'virt', '-cpu', 'cortex-a72', ...flash(FIRMWARE.aavmfCode)];
  // graphics=off makes SeaBIOS mirror the screen to the serial port; the debug port lets a boot program end qemu.
  return ['-machine', 'pc,graphics=off', '-device', 'isa-debug-exit,iobase=0xf4,iosize=4'];
}

function mediumDevice(firmware: Firmware, medium: Medium, bootindex: number): string[] {
  const file = `file=${medium.path.replaceAll(',', ',,')}`;
  if (medium.kind === 'cd') {
    const drive = ['-drive', `if=none,id=medium,media=cdrom,format=raw,readonly=on,${file}`];
    return firmware === 'aavmf'
      ? [...drive, '-device', 'virtio-scsi-pci', '-device', `scsi-cd,drive=medium,bootindex=${bootindex}`]
      : [...drive, '-device', `ide-cd,drive=medium,bootindex=${bootindex}`];
  }
  const drive = ['-drive', `if=none,id=medium,format=raw,snapshot=on,${file}`];
  if (medium.kind === 'usb') {
    return [
      ...drive,
      '-device',
      'qemu-xhci',
      '-device',
      `usb-storage,drive=medium,removable=on,bootindex=${bootindex}`,
    ];
  }
  return [
    ...drive,
    '-device',
    `${firmware === 'aavmf' ? 'virtio-blk-pci' : 'ide-hd'},drive=medium,bootindex=${bootindex}`,
  ];
}

function networkDevice(card: TapCard, bootindex: number): string[] {
  const args = [
    '-netdev',
    `tap,id=net,ifname=${card.tap},script=no,downscript=no`,
    '-device',
    // An empty romfile leaves out iPXE, so that the firmware's own stack speaks (runtime.md 3).
    `virtio-net-pci,netdev=net,mac=${card.mac}${card.rom === 'ipxe' ? '' : ',romfile='},bootindex=${bootindex}`,
    '-object',
    'rng-random,id=rng,filename=/dev/urandom',
    '-device',
    'virtio-rng-pci,rng=rng',
  ];
  for (const name of [...(card.boot === 'http' ? ['IPv4PXESupport'] : []), 'IPv6PXESupport', 'IPv6Support']) {
    args.push('-fw_cfg', `name=opt/org.tianocore/${name},string=n`);
  }
  return args;
}

/** Program and arguments of one VM. */
export function qemuCommand(options: MachineOptions): string[] {
  const cardFirst = options.first === 'card';
  return [
    options.firmware === 'aavmf' ? 'qemu-system-aarch64' : 'qemu-system-x86_64',
    '-accel',
    'tcg',
    ...machine(options),
    '-nodefaults',
    '-no-reboot',
    '-display',
    'none',
    '-serial',
    options.serialPath === undefined ? 'stdio' : `file:${options.serialPath}`,
    '-monitor',
    'none',
    '-m',
    String(options.memoryMiB),
    ...(options.medium === undefined ? [] : mediumDevice(options.firmware, options.medium, cardFirst ? 1 : 0)),
    ...(options.card === undefined ? [] : networkDevice(options.card, cardFirst ? 0 : 1)),
    ...options.extra,
  ];
}
