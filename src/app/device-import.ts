/** `device import`: computers of a CSV file into a site; in ConfigMgr's form (name, SMBIOS GUID, MAC address) or with named columns. */
import { readToEnd } from '../../images/bytes/index.ts';
import * as z from 'zod';
import { InputError, type OperationContext } from '../core/index.ts';
import { type Device, normalGuid, normalMac, type Site } from '../model/index.ts';
import { addToDevicesCsv, type CsvDevice, parseDevicesCsv } from '../site/index.ts';
import type { SiteChange } from '../store/index.ts';
import { appCode } from './codes.ts';
import { newPaths, textAt } from './new-object.ts';
import { openWholeSite, type OpenedSite, problemLine, siteOption, siteRefused } from './open-site.ts';
import { type ChangedSite, changeOf, changeSite } from './site-changes.ts';
import { useCase } from './use-case.ts';
import { saveAsUtf8, utf8Text } from './utf8-text.ts';

export interface DuplicateDevice {
  /** Line of the CSV file. */
  readonly line: number;
  readonly name: string;
  readonly same: 'name' | 'macAddress' | 'smbiosGuid';
  readonly value: string;
  /** Where the other one is: `devices.csv:12` of the site, or a line of the file. */
  readonly as: string;
}

export interface DeviceImport extends ChangedSite {
  readonly imported: readonly string[];
  /** Left out because the site, or a line before, has them. */
  readonly duplicates: readonly DuplicateDevice[];
}

const largest = 64 * 1024 * 1024;

export const deviceImport = useCase({
  name: 'device import',
  summary: 'take computers from a CSV file into a site',
  effect: 'write',
  input: z.strictObject({
    file: z.string(),
    site: siteOption,
    as: z.enum(['csv', 'files']).default('csv'),
    skipDuplicates: z.boolean().default(false),
    plan: z.boolean().default(false),
  }),
  async run({ file, site: folder, as, skipDuplicates, plan }, _services, context): Promise<DeviceImport> {
    const opened = await openWholeSite(folder, context);
    const devices = await readDevices(file, context);
    const duplicates = duplicatesOf(opened.site, devices, file);
    if (duplicates.length > 0 && !skipDuplicates) throw refused(file, duplicates);
    const lines = new Set(duplicates.map(({ line }) => line));
    const wanted = devices.filter(({ line }) => !lines.has(line)).map(({ value }) => value);
    const changes = as === 'csv' ? csvChange(opened, wanted) : fileChanges(opened, wanted);
    const changed = await changeSite(opened, changes, { plan }, context);
    return { ...changed, imported: wanted.map(({ name }) => name), duplicates };
  },
});

type ReadDevice = CsvDevice & { readonly value: Device };

/** Every device of the file. Throws InputError (`APP_SITE`) with all lines that are wrong. */
async function readDevices(file: string, context: OperationContext): Promise<ReadDevice[]> {
  const text = utf8Text(await readToEnd(file, largest));
  if (text === undefined) {
    throw new InputError(appCode.APP_DEVICES_FILE, `${file}: is not UTF-8 text`, {
      details: { path: file },
      hint: saveAsUtf8,
    });
  }
  const { devices, problems } = parseDevicesCsv(text);
  const placed = problems.map((problem) => ({ ...problem, file }));
  const errors = placed.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw siteRefused(`${file}: nothing was imported`, errors);
  for (const problem of placed) context.log.write('warning', problemLine(problem));
  if (devices.length === 0) {
    throw new InputError(appCode.APP_DEVICES_FILE, `${file}: holds no device`, {
      details: { path: file },
      hint: 'One device a line: name,SMBIOS GUID,MAC address; or a first line that names the columns.',
    });
  }
  return devices.filter((device): device is ReadDevice => device.value !== undefined);
}

/** Same name, MAC address or GUID as a device of the site or of a line before; listed duplicates of the site do not count. */
function duplicatesOf(site: Site, devices: readonly ReadDevice[], file: string): DuplicateDevice[] {
  const { macAddresses = [], smbiosGuids = [] } = site.settings.duplicateHardwareIds ?? {};
  const shared = new Set([...macAddresses.map(normalMac), ...smbiosGuids.map(normalGuid)]);
  const known = new Map<string, string>();
  for (const device of site.all('device')) {
    const place = site.place(device);
    const where = device.builtIn ? 'built in' : `${place.file}:${place.line}`;
    for (const [same, value] of identitiesOf(device.value)) known.set(`${same} ${keyOf(same, value)}`, where);
  }
  return devices.flatMap(({ line, name, value: device }) => {
    const found = identitiesOf(device).flatMap(([same, value]): DuplicateDevice[] => {
      const other = shared.has(value) ? undefined : known.get(`${same} ${keyOf(same, value)}`);
      return other === undefined ? [] : [{ line, name, same, value, as: other }];
    });
    if (found.length === 0) {
      for (const [same, value] of identitiesOf(device)) known.set(`${same} ${keyOf(same, value)}`, `${file}:${line}`);
    }
    return found;
  });
}

function identitiesOf({ name, macAddresses = [], smbiosGuid }: Device): (readonly [DuplicateDevice['same'], string])[] {
  return [
    ['name', name] as const,
    ...macAddresses.map((mac) => ['macAddress', normalMac(mac)] as const),
    ...(smbiosGuid === undefined ? [] : [['smbiosGuid', normalGuid(smbiosGuid)] as const]),
  ];
}

function keyOf(same: DuplicateDevice['same'], value: string): string {
  return same === 'name' ? value.trim().toLowerCase() : value;
}

function refused(file: string, duplicates: readonly DuplicateDevice[]): InputError {
  const lines = duplicates.map(
    ({ line, name, same, value, as }) => `${file}:${line}: ${name}: the ${same} ${value} is that of ${as}`,
  );
  return new InputError(
    appCode.APP_DEVICE_TWICE,
    [`${file}: nothing was imported:`, ...lines.map((line) => `  ${line}`)].join('\n'),
    {
      details: { duplicates: lines },
      hint: 'Correct the lines, or leave them out with --skip-duplicates.',
    },
  );
}

function csvChange(opened: OpenedSite, devices: readonly Device[]): SiteChange[] {
  const before = opened.texts.get('devices.csv');
  return [changeOf(opened, 'devices.csv', addToDevicesCsv(before, devices))];
}

function fileChanges(opened: OpenedSite, devices: readonly Device[]): SiteChange[] {
  const pathOf = newPaths(opened);
  return devices.map((device) => {
    const path = pathOf('device', device.name);
    return changeOf(opened, path, textAt(path, 'device', device));
  });
}
