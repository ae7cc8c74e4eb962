/** Seeds of what people write into a site; the facts are the recorded ones. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fuzzSite } from './site-files.ts';
import type { NewSeed } from './seed-set.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const factsFolder = fileURLToPath(new URL('../../fixtures/facts/', import.meta.url));

const lists: Readonly<Record<string, string>> = {
  named: `name,mac,smbiosGuid,serial,users,variable:OSDComputerName\n${Array.from({ length: 12 }, (_, index) => `PC${index},00155D0A${(index + 0x1000).toString(16)},,S${index},CONTOSO\\u${index},pc${index}\n`).join('')}`,
  quoted:
    'Name;MAC address;Description;variable:A\r\n"PC1";00:15:5D:01:02:03;"a ""quoted"" text";"two\r\nlines"\r\nPC2;0015.5D01.0204;;\r\n',
  configmgr: 'PC1,4C4C4544-0042-3510-8054-B4C04F583432,\nPC2,,00:15:5D:01:02:05\n',
};

const queries = [
  `SELECT * FROM Win32_ComputerSystem WHERE Manufacturer LIKE "%Dell%" AND (Model = 'Latitude' OR NOT Model <> "x")`,
  'select BatteryStatus from Win32_Battery where BatteryStatus > 0 and BatteryStatus <= 11',
  "SELECT * FROM Win32_NetworkAdapter WHERE NetConnectionStatus = 2 AND PhysicalAdapter = TRUE AND NOT Name LIKE '%[a-c]_%'",
  'SELECT Caption, Version FROM Win32_OperatingSystem WHERE ProductType = 1 AND BuildNumber >= 22000',
];

const answers: readonly (readonly [kind: string, text: string])[] = [
  ['install', 'name: Install\nbootImage: pe-x64\nimage: os\nimageIndex: 3\n'],
  ['custom', 'name: Custom\nbootImage: pe-x64\ndescription: A text\n'],
];

export function siteSeeds(): NewSeed[] {
  const files = Object.entries(fuzzSite).filter(([path]) => path.endsWith('.yaml'));
  return [
    ...files.map(([path, text]) => ({ parser: 'site-yaml', name: path, bytes: encode(text), facts: { path } })),
    ...Object.entries(lists).map(([name, text]) => ({ parser: 'devices-csv', name, bytes: encode(text) })),
    ...answers.map(([kind, text]) => ({ parser: 'answers', name: kind, bytes: encode(text), facts: { kind } })),
    ...readdirSync(factsFolder).map((name) => ({
      parser: 'machine-facts',
      name,
      bytes: readFileSync(factsFolder + name),
    })),
    ...queries.map((text, index) => ({ parser: 'wql', name: `${index}`, bytes: encode(text) })),
  ];
}
