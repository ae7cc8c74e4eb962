/** What templates make is what ConfigMgr's form can say: exported, read again and exported, it is the same XML. */
import { expect, test } from 'vitest';
import { readSequence, writeSequence } from '../../../src/exchange/index.ts';
import { type GivenAnswers, TEMPLATE_KINDS, type TemplateKind } from '../../../src/templates/index.ts';
import { make, rowsOf, SEALED } from './office.ts';

const cases: readonly (readonly [TemplateKind, GivenAnswers])[] = [
  ...TEMPLATE_KINDS.map((kind): [TemplateKind, GivenAnswers] => [kind, {}]),
  [
    'install',
    {
      join: 'domain',
      domain: 'corp.contoso.com',
      joinAccount: 'CORP\\joiner',
      joinPassword: SEALED,
      administrator: 'password',
      adminPassword: SEALED,
      applications: ['Office', 'Reader'],
      driverPackage: 'Latitude',
      stateConfigFiles: ['Ours.xml'],
      configmgrCompatible: true,
    },
  ],
  [
    'upgrade',
    {
      assessment: true,
      checks: true,
      upgradePackage32: 'Windows 10 Setup x86',
      driverPackages: ['%EliteBook%=EliteBook'],
      removeApplications: ['Reader'],
      reflectDrivers: 'C:\\Drivers',
      appAssociationsPackage: 'Other',
      biosToUefi: true,
      firmwareCommand: 'x.exe "a b"',
    },
  ],
];

test.each(cases)('%s with %j', (kind, answers) => {
  const { sequence } = make(kind, answers);
  const whole = { ...sequence, id: 'ABC00100', folder: '' };
  const xml = writeSequence(whole);
  expect(xml).not.toContain(SEALED.sealed);
  const { steps } = readSequence(xml, 'template.xml');
  expect(rowsOf(steps)).toEqual(rowsOf(sequence.steps));
  expect(JSON.stringify(steps)).not.toContain('"extra"');
  expect(writeSequence({ ...whole, steps })).toBe(xml);
});
