/** Documented behaviours of the deployments of a sequence that lint shows. */
import { describe, expect, test } from 'vitest';
import { labOf } from '../site/site-of.ts';
import { APPLY, DISK, SETUP } from './cases.ts';
import { editions, FILE, type Files, full, inPe, step, told, upgrade } from './told.ts';

const INSTALL = inPe(DISK + APPLY + SETUP);
const deployment = (lines: string) => `id: ABC00030\nname: D\ntaskSequence: S\ncollection: Lab\n${lines}`;
const deployed = (lines: string, text = INSTALL, more: Files = {}) =>
  told({ ...labOf(2), ...more, [FILE]: text, 'deployments/d.yaml': deployment(lines) });

describe('of its deployments', () => {
  test('TPL-09: a boot image that neither system nor devices can start', () => {
    const of = (pe: string, system: string, device: string) =>
      told({
        [FILE]: INSTALL,
        'boot-images/pe.yaml': `id: ABC00001\nname: pe-x64\narchitecture: ${pe}\n`,
        'operating-systems/win11.yaml': `id: ABC00002\nname: win11\narchitecture: ${system}\n`,
        'devices/a.yaml': `name: A\nmacAddresses: ["00:15:5D:00:00:01"]\narchitecture: ${device}\n`,
        'collections/lab.yaml': 'id: ABC00020\nname: Lab\ntype: device\nmembers: { devices: [A] }\n',
        'deployments/d.yaml': deployment('purpose: required\navailableTo: mediaAndPxe\n'),
      }).filter((text) => text.includes('ARCHITECTURE'));
    expect(of('x64', 'x64', 'x64')).toEqual([]);
    expect(of('x64', 'arm64', 'x64')).toEqual(['error LINT_ARCHITECTURE']);
    expect(of('x86', 'x64', 'x64')).toEqual(['warning LINT_ARCHITECTURE']);
    expect(of('x64', 'x64', 'arm64')).toEqual(['warning LINT_ARCHITECTURE']);
    expect(of('arm64', 'arm64', 'arm64')).toEqual([]);
  });

  test('TPL-100: never client to server or back', () => {
    const of = (edition: string, device: string) =>
      told({
        [FILE]: full(upgrade('IgnoreMessages: true')),
        ...editions(`{ index: 1, edition: ${edition} }`),
        'devices/a.yaml': `name: A\nmacAddresses: ["00:15:5D:00:00:01"]\n${device}`,
        'collections/lab.yaml': 'id: ABC00020\nname: Lab\ntype: device\nmembers: { devices: [A] }\n',
        'deployments/d.yaml': deployment('purpose: available\n'),
      }).filter((text) => text.includes('PATH'));
    expect(of('Enterprise', 'server: true\n')).toEqual(['warning LINT_UPGRADE_PATH']);
    expect(of('ServerStandard', 'server: false\n')).toEqual(['warning LINT_UPGRADE_PATH']);
    expect(of('ServerStandard', 'server: true\n')).toEqual([]);
    expect(of('Enterprise', '')).toEqual([]);
  });

  test('DEP-04: what cannot run cannot be deployed', () => {
    const unknown = full('  - { step: It, type: unknown, extra: { type: X } }\n');
    expect(deployed('purpose: available\n', unknown)).toContain('error SITE_NOT_DEPLOYABLE');
    expect(deployed('purpose: available\n')).not.toContain('error SITE_NOT_DEPLOYABLE');
  });

  test('DEP-27: SMSTSPreferredAdvertID names a deployment that is not hidden, or is set too late', () => {
    const named = {
      'devices/a.yaml':
        'name: A\nmacAddresses: ["00:15:5D:00:00:09"]\nvariables: { SMSTSPreferredAdvertID: ABC00030 }\n',
    };
    const recipe = (to: string) =>
      deployed(`purpose: required\navailableTo: ${to}\n`, INSTALL, named).filter((text) =>
        text.includes('LINT_AUTOMATIC'),
      );
    expect(recipe('mediaAndPxe')).toEqual(['warning LINT_AUTOMATIC']);
    expect(recipe('mediaAndPxeHidden')).toEqual([]);
    const late = full(
      step('set-task-sequence-variable', 'VariableName: SMSTSPreferredAdvertID, VariableValue: ABC00030'),
    );
    expect(told({ [FILE]: late })).toEqual(['warning LINT_AUTOMATIC']);
  });

  test('DEP-31: a schedule that Windows PE does not heed', () => {
    const schedule = 'schedule: { available: "2026-12-01T08:00" }\n';
    expect(deployed(`purpose: available\navailableTo: mediaAndPxe\n${schedule}`)).toContain('warning SITE_SCHEDULE');
    expect(deployed(`purpose: available\navailableTo: clients\n${schedule}`)).not.toContain('warning SITE_SCHEDULE');
  });

  test('DEP-47: users may start again what wipes, unless something keeps it from that', () => {
    const twice = (lines: string, text = INSTALL) => deployed(lines, text).includes('warning LINT_RUN_TWICE');
    expect(twice('purpose: available\n')).toBe(true);
    expect(twice('purpose: available\navailableTo: clientsMediaAndPxe\n')).toBe(true);
    expect(twice('purpose: available\navailableTo: mediaAndPxe\n')).toBe(false);
    expect(twice('purpose: required\nschedule: { assignments: [{ at: "2026-12-01T08:00" }] }\n')).toBe(false);
    const asks = inPe(
      DISK.replace(
        'type:',
        'condition: [{ registry: "HKLM\\\\SOFTWARE\\\\Contoso\\\\Built", notExists: true }], type:',
      ) +
        APPLY +
        SETUP,
    );
    expect(twice('purpose: available\n', asks)).toBe(false);
  });

  test('DEP-62, DEP-63: everything first is not for media, and not with partitioning', () => {
    const first = 'content: { option: allFirst }\n';
    expect(deployed(`purpose: available\n${first}`)).toContain('error SITE_CONTENT_OPTION');
    expect(deployed(`purpose: available\n${first}`, full(step('run-command-line', 'CommandLine: x')))).toEqual([]);
  });

  test('DEP-64, DEP-65: direct access needs shares on all packages, and no multicast', () => {
    const direct = 'purpose: available\ncontent: { option: fromPoint }\n';
    const shared = {
      'boot-images/pe.yaml': 'id: ABC00001\nname: pe-x64\narchitecture: x64\npackageShare: true\n',
      'operating-systems/win11.yaml': 'id: ABC00002\nname: win11\npackageShare: true\n',
    };
    expect(deployed(direct)).toContain('error SITE_CONTENT_OPTION');
    expect(deployed(direct, INSTALL, shared)).not.toContain('error SITE_CONTENT_OPTION');
    const multicast = direct.replace('fromPoint', 'fromPoint, multicast: true');
    expect(deployed(multicast, INSTALL, shared)).toContain('error SITE_CONTENT_OPTION');
  });

  test('SITE-19, EDIT-13, EDIT-17: content that is on no point, or not in the library', () => {
    const content = (digit: string) => `content: { sha256: "${digit.repeat(64)}", size: 1 }\n`;
    const on = 'distribution: { points: [DP] }\n';
    const files = (image: string): Files => ({
      [FILE]: INSTALL,
      'distribution-points/dp.yaml': 'name: DP\n',
      'boot-images/pe.yaml': `id: ABC00001\nname: pe-x64\narchitecture: x64\n${content('a')}${on}`,
      'operating-systems/win11.yaml': `id: ABC00002\nname: win11\n${image}`,
    });
    expect(told(files(content('b') + on))).toEqual([]);
    expect(told(files(content('b')))).toEqual(['warning LINT_CONTENT_MISSING']);
    expect(told(files(on))).toEqual(['warning LINT_CONTENT_MISSING']);
    const withDeployment = {
      ...labOf(2),
      'deployments/d.yaml': deployment('purpose: required\navailableTo: mediaAndPxe\n'),
    };
    expect(told({ ...files(content('b')), ...withDeployment })).toContain('warning SITE_CONTENT_MISSING');
  });
});
