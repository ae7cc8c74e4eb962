/** Prompt and menu of option 43, for firmware whose loader asks nobody (PXE 2.1 section 2.4; boot-standards 2.3). */
import { discovery, type PxeOptions } from '../dhcp/index.ts';
import type { BootMenu } from './decider.ts';

/** Ours among boot server types: from 32768 on they are the vendor's. */
export const MENU_TYPE = 0x8000;
const LOCAL_TYPE = 0;

/** Firmware shows ASCII. */
const shown = (text: string): string => text.replaceAll(/[^\x20-\x7e]/g, '?');

/**
 * The menu as sub-options. The first item is the one that time-out takes, so it is the next local device: without a key nothing boots.
 * Sub-option 10 must wait: 0 would take it unseen, 255 for ever.
 */
export function menuOptions(menu: BootMenu, ownAddress: string): PxeOptions {
  return {
    discoveryControl: discovery.noBroadcast | discovery.noMulticast,
    prompt: { timeout: Math.min(254, Math.max(1, Math.trunc(menu.timeout))), text: shown(menu.prompt) },
    bootServers: [{ type: MENU_TYPE, addresses: [ownAddress] }],
    menu: [
      { type: LOCAL_TYPE, text: shown(menu.localText) },
      { type: MENU_TYPE, text: shown(menu.bootText) },
    ],
  };
}
