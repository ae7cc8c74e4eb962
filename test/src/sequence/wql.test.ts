/** WQL: the grammar, the places of mistakes, and what facts decide. Expected values are typed from Microsoft's description. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError, LimitError } from '../../../src/core/index.ts';
import { evaluateWql, type MachineFacts, parseFacts, parseWql, WQL_CLASSES } from '../../../src/sequence/index.ts';
import { matchLike } from '../../../src/sequence/wql/like.ts';

describe('parsing', () => {
  test('NOT binds closer than AND, AND closer than OR', () => {
    const compare = (property: string) => ({
      kind: 'compare',
      operator: '=',
      left: { property },
      right: { literal: 1 },
    });
    expect(parseWql('select a , B.c from X where not a=1 and b=1 or c=1')).toEqual({
      kind: 'select',
      properties: ['a', 'B.c'],
      class: 'X',
      where: {
        kind: 'or',
        of: [{ kind: 'and', of: [{ kind: 'not', of: compare('a') }, compare('b')] }, compare('c')],
      },
    });
    expect(parseWql('SELECT * FROM X WHERE a=1 AND (b=1 OR c=1)')).toMatchObject({
      where: { kind: 'and', of: [compare('a'), { kind: 'or', of: [compare('b'), compare('c')] }] },
    });
  });

  test.each([
    [`'a\\'b\\\\c'`, "a'b\\c"],
    ['"it\'s"', "it's"],
    [`'C:\\Windows'`, 'C:\\Windows'],
    ['-12', -12],
    ['0x1F', 31],
    ['1.5e3', 1500],
    ['18446744073709551615', 18_446_744_073_709_551_615n],
    ['TRUE', true],
    ['null', null],
  ])('literal %s', (text, literal) => {
    expect(parseWql(`SELECT * FROM X WHERE p <> ${text}`)).toMatchObject({ where: { right: { literal } } });
  });

  test('IS NULL, IS NOT NULL, != and LIKE', () => {
    const where = (text: string) => (parseWql(`SELECT * FROM X WHERE ${text}`) as { where: unknown }).where;
    expect(where('p IS NULL')).toMatchObject({ operator: '=', right: { literal: null } });
    expect(where('p is not null')).toMatchObject({ operator: '<>', right: { literal: null } });
    expect(where('p != 1')).toMatchObject({ operator: '<>' });
    expect(where('p like "%x"')).toMatchObject({ operator: 'like', right: { literal: '%x' } });
  });

  test.each([
    ['', 'expected SELECT, found the end at character 1'],
    ['SELECT', 'expected the name of a property, found the end at character 7'],
    ['SELECT * FORM X', 'expected FROM, found "FORM" at character 10'],
    ['SELECT * FROM', 'expected the name of a class, found the end at character 14'],
    ['SELECT * FROM X Y', 'expected WHERE or the end, found "Y" at character 17'],
    ['SELECT * FROM X WHERE', 'expected a property, text in quotes or a number, found the end at character 22'],
    ['SELECT * FROM X WHERE a', 'expected =, <>, <, >, <=, >=, LIKE or IS, found the end at character 24'],
    ['SELECT * FROM X WHERE a = ', 'expected a property, text in quotes or a number, found the end at character 27'],
    ['SELECT * FROM X WHERE (a = 1', 'expected ), found the end at character 29'],
    ['SELECT * FROM X WHERE a = 1)', 'expected AND, OR or the end, found ")" at character 28'],
    ["SELECT * FROM X WHERE a = 'x", "the string that starts here has no end (' is missing) at character 27"],
    ['SELECT * FROM X WHERE a NOT LIKE "x"', 'expected an operator, found "NOT" at character 25'],
    ['SELECT * FROM X WHERE a LIKE 5', 'expected a pattern in quotes after LIKE, found "5" at character 30'],
    ['SELECT * FROM X WHERE a = 1 && b = 1', '"&" is not known at character 29'],
    ['SELECT * FROM X;', '";" is not known at character 16'],
  ])('%j is a named error with its place', (query, message) => {
    const thrown = (() => {
      try {
        return parseWql(query);
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toBeInstanceOf(InputError);
    expect((thrown as InputError).code).toBe('SEQUENCE_WQL_SYNTAX');
    expect((thrown as InputError).message).toContain(message);
  });

  test('limits: 16384 characters, 64 levels; long chains are no levels', () => {
    const base = "SELECT * FROM X WHERE a = ''";
    const filled = (length: number) => base.replace("''", `'${'x'.repeat(length - base.length)}'`);
    expect(parseWql(filled(16_384)).kind).toBe('select');
    expect(() => parseWql(filled(16_385))).toThrow(LimitError);
    const nested = (depth: number) => `SELECT * FROM X WHERE ${'('.repeat(depth)}a=1${')'.repeat(depth)}`;
    expect(parseWql(nested(64)).kind).toBe('select');
    expect(() => parseWql(nested(65))).toThrow(/64 levels/);
    expect(() => parseWql(`SELECT * FROM X WHERE ${'NOT '.repeat(3000)}a=1`)).toThrow(LimitError);
    expect(parseWql(`SELECT * FROM X WHERE ${'a=1 OR '.repeat(2000)}a=1`).kind).toBe('select');
    expect(parseWql(`SELECT * FROM X WHERE ${'NOT (a=1) AND '.repeat(100)}a=1`).kind).toBe('select');
  });

  test('any text is a query or a named error', () => {
    const words = fc.constantFrom(
      'SELECT',
      '*',
      'FROM',
      'X',
      'WHERE',
      'a',
      '=',
      "'s'",
      '5',
      '(',
      ')',
      'AND',
      'NOT',
      'LIKE',
      'IS',
      'NULL',
      '"',
      '\\',
      '.',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(words).map((list) => list.join(' ')),
          fc.string(),
        ),
        (text) => {
          try {
            parseWql(text);
          } catch (error) {
            expect((error as InputError).code).toMatch(/^SEQUENCE_WQL_/);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

test.each([
  ['%HP%', 'Hp EliteBook', true],
  ['HP', 'HP EliteBook', false],
  ['_P', 'hp', true],
  ['_P', 'p', false],
  ['[a-f]%', 'Dell', true],
  ['[^a-f]%', 'Dell', false],
  ['[abc]x', 'Cx', true],
  ['[abc]x', 'dx', false],
  ['100[%]', '100%', true],
  ['100[%]', '1000', false],
  ['[', '[', true],
  ['a[', 'a[', true],
  ['%', '', true],
  ['', '', true],
  ['', 'x', false],
  ['%a%b%', 'xxaxxbxx', true],
  ['%a%b%', 'xxbxxaxx', false],
  ['Ä_', 'ä😀', true],
])('LIKE %j on %j is %s', (pattern, text, expected) => {
  expect(matchLike(pattern, text)).toBe(expected);
});

test('LIKE takes no exponential time', () => {
  expect(matchLike(`${'%a'.repeat(2000)}b`, 'a'.repeat(4000))).toBe(false);
});

const laptop: MachineFacts = parseFacts({
  name: 'PC1',
  manufacturer: 'Dell Inc.',
  model: 'Latitude E7270',
  architecture: 'x64',
  memory: 8192,
  chassisTypes: [10],
  batteries: [{ status: 2 }],
  smbiosGuid: '{4C4C4544-0042-3610-8057-B7C04F333832}',
  serialNumber: 'B6W7382',
  disks: [
    {
      index: 0,
      size: 256_060_514_304,
      interface: 'SCSI',
      removable: false,
      partitions: [{ index: 0, letter: 'C:', fileSystem: 'NTFS', size: 250_000_000_000, free: 50_000_000_000 }],
    },
  ],
  networkAdapters: [
    {
      name: 'Intel I219',
      mac: '00-15-5d-00-00-01',
      netConnectionStatus: 2,
      physical: true,
      dhcp: true,
      ipAddresses: ['10.0.0.5'],
    },
  ],
  runningSystem: {
    version: '10.0.19045',
    build: '19045',
    productType: 1,
    architecture: 'x64',
    language: 1031,
    locale: '0407',
    windowsFolder: 'C:\\Windows',
  },
  tpm: { enabled: true, activated: true, specVersion: '2.0, 0, 1.38' },
});

const decide = (query: string, facts: MachineFacts = laptop, namespace?: string) =>
  evaluateWql(parseWql(query), facts, namespace);

describe('decided from facts', () => {
  test.each<[string, boolean | 'unknown']>([
    ['SELECT * FROM Win32_ComputerSystem', true],
    ["SELECT * FROM Win32_ComputerSystem WHERE Model LIKE '%Latitude E7270%'", true],
    ["SELECT * FROM win32_computersystem WHERE model = 'latitude e7270'", true],
    ["SELECT * FROM Win32_ComputerSystem WHERE Manufacturer LIKE '%HP%'", false],
    ["SELECT * FROM Win32_ComputerSystem WHERE NOT Manufacturer LIKE '%HP%' AND Model <> 'x'", true],
    ['SELECT * FROM Win32_ComputerSystem WHERE TotalPhysicalMemory >= 4294967296', true],
    ["SELECT * FROM Win32_ComputerSystem WHERE TotalPhysicalMemory > '18446744073709551615'", false],
    ["SELECT * FROM Win32_ComputerSystem WHERE 'PC1' = Name", true],
    ['SELECT * FROM Win32_ComputerSystem WHERE SystemFamily = "Latitude"', 'unknown'],
    ['SELECT * FROM Win32_ComputerSystem WHERE Nonsense = 1', 'unknown'],
    ['SELECT * FROM Win32_ComputerSystem WHERE Nonsense = 1 OR Name = "PC1"', true],
    ['SELECT * FROM Win32_ComputerSystem WHERE Nonsense = 1 AND Name = "PC2"', false],
    ["SELECT * FROM Win32_OperatingSystem WHERE Version LIKE '10.%' AND ProductType = 1", true],
    ["SELECT * FROM Win32_OperatingSystem WHERE ProductType <> '1'", false],
    ["SELECT OsLanguage FROM Win32_OperatingSystem WHERE OsLanguage='1031'", true],
    ["SELECT OsLanguage FROM Win32_OperatingSystem WHERE OsLanguage='1033'", false],
    ["SELECT * FROM Win32_OperatingSystem WHERE OSArchitecture = '64-bit' AND Locale = '0407'", true],
    // BuildNumber is text: quoted text compares by characters, a number as number.
    ["SELECT * FROM Win32_OperatingSystem WHERE BuildNumber < '9600'", true],
    ['SELECT * FROM Win32_OperatingSystem WHERE BuildNumber < 9600', false],
    ['SELECT * FROM Win32_OperatingSystem WHERE 9600 < BuildNumber', true],
    ['SELECT * FROM Win32_ComputerSystemProduct WHERE UUID = "4C4C4544-0042-3610-8057-B7C04F333832"', true],
    ["SELECT * FROM Win32_SystemEnclosure WHERE ChassisTypes = '10'", true],
    ["SELECT * FROM Win32_SystemEnclosure WHERE ChassisTypes = '3'", false],
    ['SELECT * FROM Win32_Battery', true],
    ['SELECT * FROM Win32_Battery WHERE BatteryStatus = 1', false],
    ["SELECT * FROM Win32_BIOS WHERE SerialNumber = 'b6w7382'", true],
    ['SELECT * FROM Win32_BIOS WHERE SMBIOSBIOSVersion IS NULL', 'unknown'],
    ['SELECT * FROM Win32_DiskDrive WHERE Index = 0 AND Size > 200000000000', true],
    ['SELECT * FROM Win32_DiskDrive WHERE Index = 1', false],
    ["SELECT * FROM Win32_LogicalDisk WHERE DeviceID = 'C:' AND FreeSpace > 20000000000", true],
    ['SELECT * FROM Win32_LogicalDisk WHERE DriveType = 2', false],
    ['SELECT * FROM Win32_LogicalDisk WHERE DriveType = 4', 'unknown'],
    ['SELECT * FROM Win32_Processor WHERE Architecture = 9', true],
    ['SELECT * FROM Win32_Processor WHERE MaxClockSpeed > 1000', 'unknown'],
    ['SELECT * FROM Win32_NetworkAdapter WHERE NetConnectionStatus = 2 AND PhysicalAdapter = TRUE', true],
    ["SELECT * FROM Win32_NetworkAdapter WHERE MACAddress = '00:15:5D:00:00:02' AND PhysicalAdapter = 1", false],
    ["SELECT * FROM Win32_NetworkAdapter WHERE MACAddress = '00:15:5D:00:00:02'", 'unknown'],
    ["SELECT * FROM Win32_NetworkAdapterConfiguration WHERE IPEnabled = 'TRUE' AND DHCPEnabled = true", true],
    ['SELECT * FROM Win32_PhysicalMemory WHERE Capacity > 1', 'unknown'],
    ['SELECT * FROM Win32_Fan', 'unknown'],
    ["ASSOCIATORS OF {Win32_LogicalDisk.DeviceID='C:'}".replace(/[{}]/g, ' '), 'unknown'],
    ['SELECT * FROM Win32_ComputerSystem WHERE __CLASS = "Win32_ComputerSystem"', true],
  ])('%s is %s', (query, verdict) => {
    expect(decide(query).verdict).toBe(verdict);
  });

  test('the namespace decides, too', () => {
    const query = 'SELECT * FROM Win32_Tpm WHERE IsEnabled_InitialValue = TRUE';
    expect(decide(query)).toEqual({
      verdict: 'unknown',
      why: 'Win32_Tpm lies in root\\cimv2\\security\\microsofttpm, asked was root\\cimv2',
    });
    expect(decide(query, laptop, 'ROOT\\CIMV2\\Security\\MicrosoftTpm').verdict).toBe(true);
    expect(decide(query, { tpm: null }, 'root/cimv2/security/microsofttpm').verdict).toBe(false);
  });

  test('what facts do not say is unknown, never false: no query on empty facts is decided', () => {
    for (const { name, namespace } of WQL_CLASSES) {
      const properties = Object.keys(
        WQL_CLASSES.find((each) => each.name === name)?.read(laptop)?.instances[0] ?? { Capacity: 1 },
      );
      for (const property of properties) {
        const query = `SELECT * FROM ${name} WHERE ${property} = 'x'`;
        if (property === 'DeviceID' || property === 'Index') continue;
        expect(decide(query, {}, namespace).verdict, query).toBe('unknown');
      }
    }
  });

  test('an empty list says that there is none', () => {
    expect(decide('SELECT * FROM Win32_Battery', { batteries: [] })).toEqual({
      verdict: false,
      why: 'there is no Win32_Battery',
    });
  });

  test('recorded instances come first and may have any class', () => {
    const facts = { ...laptop, wmi: { Win32_Fan: [{ Status: 'OK', Speed: null }], win32_battery: [] } };
    expect(decide("SELECT * FROM Win32_Fan WHERE Status = 'ok'", facts).verdict).toBe(true);
    expect(decide('SELECT * FROM Win32_Fan WHERE Speed IS NULL', facts).verdict).toBe(true);
    expect(decide('SELECT * FROM Win32_Fan WHERE Speed > 1', facts).verdict).toBe(false);
    expect(decide("SELECT * FROM Win32_Fan WHERE Speed <> 'x'", facts).verdict).toBe('unknown');
    expect(decide('SELECT * FROM Win32_Battery', facts).verdict).toBe(false);
  });

  test('an array of several values is decided where all agree', () => {
    const facts = { chassisTypes: [9, 10] };
    expect(decide('SELECT * FROM Win32_SystemEnclosure WHERE ChassisTypes = 9', facts).verdict).toBe('unknown');
    expect(decide('SELECT * FROM Win32_SystemEnclosure WHERE ChassisTypes = 3', facts).verdict).toBe(false);
    expect(decide('SELECT * FROM Win32_SystemEnclosure WHERE ChassisTypes > 3', facts).verdict).toBe(true);
  });

  test('the reason names the properties asked and their values', () => {
    expect(decide("SELECT * FROM Win32_ComputerSystem WHERE Model LIKE '%X%' OR Manufacturer = 'HP'").why).toBe(
      'Win32_ComputerSystem: Model is "Latitude E7270", Manufacturer is "Dell Inc."',
    );
    expect(decide('SELECT * FROM Win32_ComputerSystem WHERE SystemFamily = 1').why).toBe(
      'Win32_ComputerSystem: SystemFamily is not known',
    );
    expect(decide('SELECT * FROM Win32_Fan').why).toBe('facts know nothing of the class Win32_Fan');
  });
});
