/** In which collections one device is: the same as who is in each collection, whatever the collections say. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { membersOf, membershipsOf } from '../../../src/site/index.ts';
import { siteOf } from './site-of.ts';

const DEVICES = {
  'devices/a.yaml': 'name: A\nmacAddresses: [00:15:5D:00:00:01]\nserialNumber: S1\n',
  'devices/b.yaml': 'name: B\nsmbiosGuid: 4C4C4544-0042-3510-8054-B4C04F583432\n',
  'devices/c.yaml': 'name: C\nmacAddresses: [00:15:5D:00:00:03]\nvariables: { Role: Kiosk }\n',
  'list.csv': 'name\n00-15-5d-00-00-03\nB\n',
};
const RULES = [
  `[{ wmi: "SELECT * FROM Win32_ComputerSystem WHERE Name LIKE 'A%'" }]`,
  `[{ wmi: "SELECT * FROM Win32_ComputerSystem WHERE Model = 'X'" }]`,
  '[{ variable: Role, equals: Kiosk }]',
];
const id = (index: number): string => `ABC001${index.toString().padStart(2, '0')}`;

/** Collections that name earlier ones only. */
const collection = fc.record({
  devices: fc.subarray(['A', 'b', '00155d000003', '4c4c4544-0042-3510-8054-b4c04f583432', 'nobody']),
  csv: fc.boolean(),
  rules: fc.subarray(RULES),
  include: fc.array(fc.nat(20), { maxLength: 2 }),
  exclude: fc.array(fc.nat(20), { maxLength: 2 }),
  limiting: fc.option(fc.nat(20)),
  builtIn: fc.option(fc.constantFrom('All Systems', 'All Unknown Computers', 'All Users')),
});
type Made = typeof collection extends fc.Arbitrary<infer T> ? T : never;

function fileOf({ devices, csv, rules, include, exclude, limiting, builtIn }: Made, index: number): string {
  const earlier = (picks: readonly number[]) => (index === 0 ? [] : picks.map((pick) => `C${pick % index}`));
  const list = (names: readonly string[]) => `[${names.map((name) => JSON.stringify(name)).join(', ')}]`;
  const [limit] = limiting === null ? [builtIn] : earlier([limiting]);
  return [
    `id: ${id(index)}\nname: C${index}\ntype: device`,
    ...(limit == null ? [] : [`limiting: ${limit}`]),
    'members:',
    `  devices: ${list(devices)}`,
    ...(csv ? ['  csv: list.csv'] : []),
    `  rules: [${rules.map((condition) => `{ name: r, condition: ${condition} }`).join(', ')}]`,
    `  include: ${list([...earlier(include), ...(index % 3 === 2 && builtIn !== null ? [builtIn] : [])])}`,
    `  exclude: ${list(earlier(exclude))}`,
    '',
  ].join('\n');
}

describe('membership of one device', () => {
  test('DEP-01 UNK-04: agrees with the members of each collection, for each device and with any facts', () => {
    fc.assert(
      fc.property(
        fc.array(collection, { minLength: 1, maxLength: 7 }),
        fc.constantFrom({}, { model: 'X' }, { model: 'Y' }),
        (made, facts) => {
          const files = Object.fromEntries(
            made.map((each, index) => [`collections/c${index}.yaml`, fileOf(each, index)]),
          );
          const { site } = siteOf({ ...DEVICES, ...files });
          for (const device of site.all('device')) {
            const found = membershipsOf(site, device, facts);
            for (const each of site.all('collection').filter(({ value }) => value.type === 'device')) {
              const members = membersOf(site, each, (other) => (other === device ? facts : {}));
              const expected = [members.devices.has(device), members.undecided.has(device)];
              expect(
                [found.collections.has(each), found.undecided.has(each)],
                `${device.name} in ${each.name}`,
              ).toEqual(expected);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('a circle is told by its names', () => {
    const member = (name: string, of: string) =>
      `id: ${id(Number(name.slice(1)))}\nname: ${name}\ntype: device\nmembers: { include: [${of}] }\n`;
    const { site } = siteOf({
      ...DEVICES,
      'collections/c1.yaml': member('C1', 'C2'),
      'collections/c2.yaml': member('C2', 'C1'),
    });
    const [device] = site.all('device');
    expect(device).toBeDefined();
    expect(() => device && membershipsOf(site, device)).toThrow(/circle: C1 -> C2 -> C1/);
  });
});
