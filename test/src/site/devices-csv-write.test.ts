import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Device } from '../../../src/model/index.ts';
import { addToDevicesCsv, parseDevicesCsv } from '../../../src/site/index.ts';

const names = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 ,;"'-]{0,12}[A-Za-z0-9]$/);
const mac = fc.stringMatching(/^[0-9A-F]{2}(:[0-9A-F]{2}){5}$/);
const device: fc.Arbitrary<Device> = fc.record(
  {
    name: names,
    macAddresses: fc.array(mac, { minLength: 1, maxLength: 3 }),
    smbiosGuid: fc.constant('4C4C4544-0042-3510-8054-B4C04F583432'),
    description: names,
    server: fc.boolean(),
    users: fc.constantFrom(['CONTOSO\\a'], ['CONTOSO\\a', 'CONTOSO\\b']),
    variables: fc.dictionary(fc.constantFrom('OSDX', 'Y-1', 'z'), names, { minKeys: 1 }),
  },
  { requiredKeys: ['name', 'macAddresses'] },
);

const devicesOf = (text: string) => {
  const { devices, problems } = parseDevicesCsv(text);
  expect(problems).toEqual([]);
  return devices.map(({ value }) => value);
};

describe('devices added to devices.csv', () => {
  test('are read back, those that were there too, and their lines stay byte for byte', () => {
    const list = fc.array(device, { maxLength: 5 });
    fc.assert(
      fc.property(list, list, fc.constantFrom('\n', '\r\n'), fc.boolean(), (before, added, eol, ended) => {
        const whole = addToDevicesCsv(undefined, before).replaceAll('\n', eol);
        const text = ended ? whole : whole.replace(/\r?\n$/, '');
        const made = addToDevicesCsv(text, added);
        expect(devicesOf(made)).toEqual([...devicesOf(text), ...added]);
        const rest = (lines: string) => lines.slice(lines.indexOf('\n') + 1);
        if (before.length > 0) expect(rest(made).startsWith(rest(text))).toBe(true);
        if (eol === '\r\n' && before.length > 0) expect(made.replaceAll('\r\n', '')).not.toContain('\n');
      }),
      { numRuns: 200 },
    );
  });

  test("a file in ConfigMgr's form stays in it, and gets names of columns when a device has more", () => {
    const text = 'A,,00:15:5D:01:02:03';
    const plain: Device = { name: 'B', macAddresses: ['00:15:5D:01:02:04'] };
    expect(addToDevicesCsv(text, [plain])).toBe('A,,00:15:5D:01:02:03\nB,,00:15:5D:01:02:04\n');
    expect(addToDevicesCsv(text, [{ ...plain, variables: { OSDX: '1' } }])).toBe(
      'name,smbiosGuid,mac,variable:OSDX\nA,,00:15:5D:01:02:03\nB,,00:15:5D:01:02:04,1\n',
    );
    expect(addToDevicesCsv('Name;MAC\r\nA;00155D010203\r\n', [{ ...plain, name: 'B;C' }])).toBe(
      'Name;MAC\r\nA;00155D010203\r\n"B;C";00:15:5D:01:02:04\r\n',
    );
  });
});
