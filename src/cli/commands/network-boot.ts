/** The commands of network boot, for the list of all. */
import type { ListedCommand } from '../command.ts';

export const networkBootCommands: readonly ListedCommand[] = [
  {
    name: 'boot-image prepare',
    takes: '<image>',
    summary: 'make a boot image ready for network boot, once for each version',
    load: async () => (await import('./boot-image-prepare.ts')).bootImagePrepareCommand,
  },
  {
    name: 'serve',
    summary: 'answer network boot for a site, beside the DHCP server that is there',
    load: async () => (await import('./serve.ts')).serveCommand,
  },
  {
    name: 'pxe serve',
    summary: 'answer network boot: one boot image for every computer, or what a site says',
    load: async () => (await import('./pxe-serve.ts')).pxeServeCommand,
  },
  {
    name: 'pxe why',
    takes: '<computer>',
    summary: 'say what a computer boots from the network and why, or why nothing',
    load: async () => (await import('./pxe-why.ts')).pxeWhyCommand,
  },
  {
    name: 'pxe clear',
    takes: '[computer]',
    summary: 'let required deployments that were delivered be offered again',
    load: async () => (await import('./pxe-clear.ts')).pxeClearCommand,
  },
  {
    name: 'pxe start',
    takes: '<computer>',
    summary: 'let an available deployment start without a prompt at the next network boot',
    load: async () => (await import('./pxe-start.ts')).pxeStartCommand,
  },
  {
    name: 'pxe approve',
    takes: '<computer>',
    summary: 'let an unknown computer that waits for approval start',
    load: async () => (await import('./pxe-approve.ts')).pxeApproveCommand,
  },
  {
    name: 'pxe clients',
    summary: 'list the computers that asked to boot from the network, and what they were told',
    load: async () => (await import('./pxe-clients.ts')).pxeClientsCommand,
  },
  {
    name: 'pxe password',
    takes: '<point>',
    summary: 'set the password that a distribution point asks for in Windows PE',
    load: async () => (await import('./pxe-password.ts')).pxePasswordCommand,
  },
  {
    name: 'pxe doctor',
    summary: 'explain network boots, recorded or heard, or simulate one',
    load: async () => (await import('./pxe-doctor.ts')).pxeDoctorCommand,
  },
  {
    name: 'pxe unit',
    takes: '[words...]',
    summary: 'print a systemd unit that runs osdkit serve with one capability',
    load: async () => (await import('./pxe-unit.ts')).pxeUnitCommand,
  },
];
