/** Finding types by every name that people have for them. */
import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/core/index.ts';
import { stepType, stepTypeNamed, stepTypeOfXml, stepTypes } from '../../../src/steps/index.ts';

function nameOf(name: string): string {
  return stepTypeNamed(name).definition.title;
}

describe('names', () => {
  test.each([
    ['Request User State Storage', 'Request State Store'],
    ['Capture User Files and Settings', 'Capture User State'],
    ['Release User State Storage', 'Release State Store'],
    ['Restart in Windows PE', 'Restart Computer'],
    ['Partition Disk 0', 'Format and Partition Disk'],
    ['Restore User Files and Settings', 'Restore User State'],
    ['Reboot to Windows PE or hard disk', 'Restart Computer'],
  ])('TPL-04: %s is %s', (wizard, title) => {
    expect(nameOf(wizard)).toBe(title);
  });

  test.each([
    ['Apply Device Drivers', 'Auto Apply Drivers'],
    ['Install Updates', 'Install Software Updates'],
    ['Join Workgroup', 'Join Domain or Workgroup'],
    ['Prepare ConfigMgr Client', 'Prepare ConfigMgr Client for Capture'],
    ['Prepare Operating System', 'Prepare Windows for Capture'],
    ['Capture the Reference Machine', 'Capture Operating System Image'],
    ['Apply Operating System', 'Apply Operating System Image'],
  ])('TPL-05: %s is %s', (wizard, title) => {
    expect(nameOf(wizard)).toBe(title);
  });

  test.each([
    ['Prepare ConfigMgr Client', 'Prepare ConfigMgr Client for Capture'],
    ['Capture the Reference Machine', 'Capture Operating System Image'],
  ])('TPL-70: %s and %s name one type', (wizard, editor) => {
    expect(stepTypeNamed(wizard)).toBe(stepTypeNamed(editor));
  });

  test('TPL-06: name, title and wizard name find the same type, without case, spaces and hyphens', () => {
    for (const { definition } of stepTypes) {
      const { name, title, wizardNames, type } = definition;
      for (const known of [name, title, ...wizardNames, ...(type === undefined ? [] : [type])]) {
        expect(stepTypeNamed(known).definition.name, known).toBe(name);
        expect(stepTypeNamed(known.toUpperCase().replaceAll(' ', '')).definition.name, known).toBe(name);
      }
      expect(stepType(name).definition).toBe(definition);
      expect(stepTypeOfXml(type)?.definition).toBe(definition);
    }
  });

  test('no two types share a name', () => {
    const keys = stepTypes.flatMap(({ definition: { name, title, wizardNames, type } }) => [
      ...new Set([name, title, ...wizardNames, String(type)].map((known) => known.toLowerCase().replace(/[ -]/g, ''))),
    ]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test.each([
    ['restart-computr', 'restart-computer'],
    ['Run Comand Line', 'Run Command Line'],
    ['Apply Data Imag', 'Apply Data Image'],
  ])('an unknown name %s is refused with %s as the nearest', (name, near) => {
    for (const find of [stepTypeNamed, stepType]) {
      let error: unknown;
      try {
        find(name);
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toBeInstanceOf(InputError);
      expect(error).toMatchObject({ code: 'STEP_TYPE_UNKNOWN' });
      expect((error as InputError).hint).toContain(near);
    }
  });

  test('a type that is in no table is unknown in XML', () => {
    expect(stepTypeOfXml('Contoso_Action')).toBeUndefined();
    expect(stepTypeOfXml(undefined)?.definition.name).toBe('run-mdt-command-line');
  });
});
