/** What the facts say of a device, in a few lines; what they do not say is named. */
import type { MachineFacts } from '../sequence/index.ts';

const unknown = 'not in the facts';

/** Title and text of each line. */
export function deviceSummary(facts: MachineFacts, network: string): (readonly [string, string])[] {
  return [
    ['model', [facts.manufacturer, facts.model].filter((text) => text !== undefined).join(' ') || unknown],
    ['firmware', firmware(facts)],
    ['architecture', facts.architecture ?? unknown],
    ['memory', facts.memory === undefined ? unknown : `${facts.memory} MB`],
    ['disks', disks(facts)],
    ['network', network],
    ['system', system(facts)],
    ['domain', facts.domain === null ? (facts.workgroup ?? 'none') : (facts.domain ?? unknown)],
  ];
}

function firmware({ firmware: kind, secureBoot }: MachineFacts): string {
  if (kind === undefined) return unknown;
  if (kind === 'bios') return 'BIOS';
  return secureBoot === undefined ? 'UEFI' : `UEFI, Secure Boot ${secureBoot ? 'on' : 'off'}`;
}

function disks({ disks: list }: MachineFacts): string {
  if (list === undefined) return unknown;
  if (list.length === 0) return 'none';
  return list
    .map(({ index, size, partitionStyle }) => {
      const parts = [size === undefined ? undefined : `${Math.round(size / 1e9)} GB`, partitionStyle?.toUpperCase()];
      return `${index}: ${parts.filter((part) => part !== undefined).join(', ') || 'unknown size'}`;
    })
    .join('; ');
}

function system({ runningSystem }: MachineFacts): string {
  if (runningSystem === null) return 'none';
  if (runningSystem === undefined) return unknown;
  const { caption, version, architecture, winPE } = runningSystem;
  const name = caption ?? (winPE === true ? 'Windows PE' : 'Windows');
  return [name, version, architecture].filter((part) => part !== undefined).join(', ');
}
