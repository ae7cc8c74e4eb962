/** What one decision of network boot costs in a large site: 10,000 devices, 40 collections of all kinds, 100 deployments. */
import { bench, describe } from 'vitest';
import type { SiteDecider } from '../../src/app/network-boot/decide-types.ts';
import { siteDecider } from '../../src/app/network-boot/decide-site.ts';
import type { Site } from '../../src/model/index.ts';
import { memoryBootState } from '../../src/store/index.ts';
import { BASE, client, deployment, point, published } from '../src/app/network-boot/deciding.ts';
import { siteOf } from '../src/site/site-of.ts';

const DEVICES = 10_000;
const mac = (index: number): string =>
  (0x155d100000 + index)
    .toString(16)
    .padStart(12, '0')
    .replaceAll(/(..)(?!$)/g, '$1:');
const indexes = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

function collection(index: number): Readonly<Record<string, string>> {
  const head = `id: ABC0C${String(index).padStart(3, '0')}\nname: C${index}\ntype: device\n`;
  const named = (count: number, step: number) => indexes(count).map((each) => `W${(each * step + index) % DEVICES}`);
  const file = `collections/c${index}.yaml`;
  if (index % 4 === 0) {
    return {
      [file]: `${head}members: { csv: c${index}.csv }\n`,
      [`c${index}.csv`]: `name\n${named(5000, 2).join('\n')}\n`,
    };
  }
  if (index % 4 === 1) return { [file]: `${head}limiting: C${index - 1}\nmembers: { include: [C${index - 1}] }\n` };
  if (index % 4 === 2) return { [file]: `${head}members: { devices: [${named(1000, 7).join(', ')}] }\n` };
  const rule = `{ name: r, condition: [{ wmi: "SELECT * FROM Win32_ComputerSystem WHERE Name LIKE 'W1%'" }] }`;
  return { [file]: `${head}members: { rules: [${rule}] }\n` };
}

function largeSite(): Site {
  const deployments = indexes(100).map((index) =>
    deployment(
      `ABC2${String(index).padStart(4, '0')}`,
      index % 3 === 0 ? 'required' : 'available',
      `collection: C${index % 40}\n`,
    ),
  );
  const devices = indexes(DEVICES).map((index) => `W${index},${mac(index)}`);
  return siteOf(
    Object.assign(
      { 'devices.csv': `name,mac\n${devices.join('\n')}\n` },
      BASE,
      point('  unknownComputers: true\n'),
      ...indexes(40).map(collection),
      ...deployments,
    ),
  ).site;
}

let asked = 0;
let made: SiteDecider | undefined;
/** Made by the first call: `vitest bench` runs no hooks before it measures, but it warms up. */
function decider(): SiteDecider {
  if (made) return made;
  const site = largeSite();
  const [dp] = site.all('distributionPoint');
  if (dp === undefined) throw new Error('the site has no distribution point');
  made = siteDecider({ site, point: dp, images: published(), state: memoryBootState(), now: () => asked * 10 });
  return made;
}

async function ask(address: (index: number) => string): Promise<void> {
  asked++;
  await decider().decide(client('uefiX64', { mac: address(asked * 13), guid: null }), '10.0.0.1');
}

describe('a decision in a site of 10,000 devices', () => {
  bench('of a device', () => ask((index) => mac(index % DEVICES)), { time: 2000 });
  bench('of a computer that the site does not know', () => ask((index) => mac(index).replace('00:', '02:')), {
    time: 2000,
  });
});
