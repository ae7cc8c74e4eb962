/** What a loader says after a change is what a fresh one says: objects, problems and places, whatever was kept. */
import { expect, test } from 'vitest';
import { OBJECT_FOLDERS, type ObjectKind } from '../../../src/model/index.ts';
import { createSiteLoader, type LoadedSite, loadSite, type SiteFile } from '../../../src/site/index.ts';
import { randomOf, type Random } from '../../fuzz/mutate.ts';
import { IMAGES, INSTALL, SETTINGS } from './site-of.ts';

const kinds = Object.keys(OBJECT_FOLDERS) as ObjectKind[];

function start(): Map<string, string> {
  const lines = Array.from(
    { length: 40 },
    (_, index) => `PC${index},${(0x155d000000 + index).toString(16).padStart(12, '0')},S${index}\n`,
  );
  const files = new Map<string, string>([
    ['site.yaml', SETTINGS],
    ...Object.entries(IMAGES),
    ['devices.csv', `name,mac,serial\n${lines.join('')}`],
    ['lab.csv', 'name\nPC1\nPC2\n'],
  ]);
  for (let index = 0; index < 6; index++) {
    const include = index === 0 ? '' : `  include: [Collection ${index - 1}]\n`;
    files.set(
      `collections/c${index}.yaml`,
      `id: ABC0002${index}\nname: Collection ${index}\ntype: device\nmembers:\n  devices: [PC${index}, PC${index + 9}]\n  csv: lab.csv\n${include}variables:\n  Ring: "${index}"\n`,
    );
    files.set(
      `task-sequences/s${index}.yaml`,
      INSTALL.replace('ABC00011', `ABC0003${index}`).replace('name: Install', `name: Sequence ${index}`),
    );
    files.set(
      `deployments/d${index}.yaml`,
      `id: ABC0004${index}\nname: Deployment ${index}\ntaskSequence: Sequence ${index}\ncollection: Collection ${index}\npurpose: required\navailableTo: mediaAndPxe\n`,
    );
  }
  return files;
}

const words = [
  'PC3',
  'PC7',
  'Collection 2',
  'Collection 5',
  'Sequence 1',
  'win11',
  'nothing',
  '"',
  '[',
  '1',
  'ABC00021',
];

/** One change as people make them, a file gone, come back or moved included. */
function change(files: Map<string, string>, random: Random): void {
  const paths = [...files.keys()].sort();
  const path = random(3) === 0 ? 'devices.csv' : (paths[random(paths.length)] ?? 'site.yaml');
  const original = start().get(path);
  const text = files.get(path) ?? original ?? '';
  const lines = text.split('\n');
  const at = random(lines.length);
  const word = words[random(words.length)] ?? '';
  switch (random(9)) {
    case 0:
      if (path !== 'site.yaml' || random(4) === 0) files.delete(path);
      return;
    case 1:
      files.set(path, original ?? text);
      return;
    case 2:
      lines.splice(at, 1);
      break;
    case 3:
      lines.splice(random(lines.length), 0, lines[at] ?? '');
      break;
    case 4:
      lines[at] = (lines[at] ?? '').replace(/[^\s,:]+(?=,|$)/, word);
      break;
    case 5:
      lines.splice(at, 0, path.endsWith('.csv') ? `PCnew${random(5)},001122334455,"x\ny"` : `unknown${random(3)}: 1`);
      break;
    case 6:
      files.set(`devices/d${random(3)}.yaml`, `name: PC${random(50)}\nmacAddresses: [00:15:5D:00:00:0${random(10)}]\n`);
      return;
    case 7:
      [lines[0], lines[at]] = [lines[at] ?? '', lines[0] ?? ''];
      break;
    default:
      files.set(path, text.includes('\r') ? text.replaceAll('\r', '') : text.replaceAll('\n', '\r\n'));
      return;
  }
  files.set(path, lines.join('\n'));
}

function shown({ site, problems }: LoadedSite): unknown {
  return {
    problems,
    settings: site.settings,
    objects: kinds.map((kind) =>
      site.all(kind).map((object) => ({ object, place: site.place(object), id: site.find(kind, object.name)?.id })),
    ),
  };
}

test('100 random changes, each loaded on top of those before, give what a fresh load gives', () => {
  const random = randomOf('load-again', 1);
  const loader = createSiteLoader();
  let files = start();
  let withProblems = 0;
  for (let number = 0; number < 100; number++) {
    if (number % 12 === 0) files = start();
    change(files, random);
    const list = [...files].map(([path, text]): SiteFile => ({ path, text }));
    const again = loader.load(random(2) === 0 ? list : list.reverse());
    expect(shown(again), `change ${number}`).toEqual(shown(loadSite(list)));
    if (again.problems.some(({ severity }) => severity === 'error')) withProblems++;
  }
  // Changes that break nothing, or everything, would show little.
  expect(withProblems).toBeGreaterThan(20);
});

test('a line that stands in devices.csv twice is two devices, before and after a change', () => {
  const loader = createSiteLoader();
  const files = (text: string): SiteFile[] => [
    { path: 'site.yaml', text: SETTINGS },
    { path: 'devices.csv', text },
  ];
  const line = 'PC1,00155D000001\n';
  loader.load(files(`name,mac\n${line}`));
  const { site, problems } = loader.load(files(`name,mac\n${line}${line}`));
  const found = site.all('device').filter(({ builtIn }) => !builtIn);
  expect(found).toHaveLength(2);
  expect(found[0]?.value).not.toBe(found[1]?.value);
  expect(problems.map(({ line: at, code }) => [at, code])).toEqual([
    [3, 'SITE_DEVICE_TWICE'],
    [3, 'SITE_NAME_TWICE'],
  ]);
});

test('other names of the columns are other devices', () => {
  const loader = createSiteLoader();
  const files = (head: string): SiteFile[] => [
    { path: 'site.yaml', text: SETTINGS },
    { path: 'devices.csv', text: `${head}\nPC1,00155D000001,A1\n` },
  ];
  expect(loader.load(files('name,mac,serial')).site.find('device', 'PC1')?.value.serialNumber).toBe('A1');
  expect(loader.load(files('name,mac,assettag')).site.find('device', 'PC1')?.value).toMatchObject({ assetTag: 'A1' });
});
