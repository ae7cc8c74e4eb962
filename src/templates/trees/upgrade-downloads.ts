/** What an upgrade downloads before: one of two packages by architecture (TPL-111), drivers by model (TPL-112). */
import type { SequenceItem } from '../../model/index.ts';
import { query, step, wqlText } from '../parts/items.ts';
import type { Answers } from '../questions/index.ts';

/** The step writes the folder to this name and 01. */
export const MEDIA_VARIABLE = 'UpgradeMedia';
export const DRIVERS_VARIABLE = 'UpgradeDrivers';

export function downloadPackages({ upgradePackage, upgradePackage32 }: Answers): SequenceItem[] {
  if (upgradePackage === undefined || upgradePackage32 === undefined) return [];
  const download = (label: string, bits: number, name: string): SequenceItem =>
    step(
      `Download Upgrade Package (${label})`,
      'download-package-content',
      { DownloadPackages: [name], DestinationLocationType: 'TSCache', DestinationVariable: MEDIA_VARIABLE },
      // Width of the running system in every language; OSArchitecture is translated text.
      { condition: [query(`SELECT * FROM Win32_Processor WHERE AddressWidth = ${bits}`)] },
    );
  return [download('x64', 64, upgradePackage), download('x86', 32, upgradePackage32)];
}

export interface ModelDrivers {
  /** `%` stands for any text. */
  readonly model: string;
  readonly package: string;
}

/** `MODEL=PACKAGE`. */
export function modelDrivers(text: string): ModelDrivers {
  const at = text.indexOf('=');
  return { model: text.slice(0, at).trim(), package: text.slice(at + 1).trim() };
}

export function downloadDrivers({ driverPackages }: Answers): SequenceItem[] {
  return (driverPackages ?? []).map(modelDrivers).map(({ model, package: name }) => {
    const operator = model.includes('%') ? 'LIKE' : '=';
    return step(
      `Download Drivers for ${model.replaceAll('%', '')}`.slice(0, 100),
      'download-package-content',
      { DownloadPackages: [name], DestinationLocationType: 'TSCache', DestinationVariable: DRIVERS_VARIABLE },
      { condition: [query(`SELECT * FROM Win32_ComputerSystem WHERE Model ${operator} ${wqlText(model)}`)] },
    );
  });
}
