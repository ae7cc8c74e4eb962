/** Events of serving with defaults, for tests of what is made of them. */
import type { AskedEvent, TransferEvent } from '../../../../src/app/network-boot/live-event.ts';

export const asked = (parts: Partial<AskedEvent>): AskedEvent => ({
  kind: 'asked',
  client: '525400123456',
  address: null,
  guid: null,
  firmware: 'uefi',
  architecture: 'x64',
  stage: 'discover',
  answered: true,
  reason: 'offered',
  text: '',
  file: null,
  relay: null,
  left: 0,
  ...parts,
});

export const transfer = (parts: Partial<TransferEvent>): TransferEvent => ({
  kind: 'transfer',
  client: '525400123456',
  address: '10.0.0.7',
  phase: 'started',
  protocol: 'tftp',
  file: 'b/3f2a91cc/525400123456/boot.wim',
  fileClass: 'bootImage',
  bytes: 0,
  size: 0,
  seconds: 0,
  outcome: null,
  detail: {},
  ...parts,
});
