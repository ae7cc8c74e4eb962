/** Which questions a prompt asks: those that other answers call for. */
import { expect, test } from 'vitest';
import { type GivenAnswers, questionsOf, type TemplateKind } from '../../../src/templates/index.ts';

function asked(kind: TemplateKind, answers: GivenAnswers): string[] {
  return questionsOf(kind)
    .filter(({ when }) => when?.(answers) !== false)
    .map(({ name }) => name);
}

/** Kind, answers, and the questions that these bring up or make needless. */
const cases: readonly (readonly [TemplateKind, GivenAnswers, { asks?: string[]; not?: string[] }])[] = [
  [
    'install',
    {},
    { asks: ['disk', 'workgroup', 'usmtPackage', 'stateConfigFiles', 'captureAdapters', 'captureTimeZone'] },
  ],
  [
    'install',
    {},
    { not: ['adminPassword', 'domain', 'joinAccount', 'joinPassword', 'serverConnections', 'answerFile'] },
  ],
  ['install', {}, { not: ['organizationalUnit', 'destinationPartition', 'continueOnApplicationError'] }],
  ['install', { partition: false }, { not: ['disk'] }],
  ['install', { serverLicensing: 'per-server' }, { asks: ['serverConnections'] }],
  ['install', { serverLicensing: 'per-seat' }, { not: ['serverConnections'] }],
  ['install', { administrator: 'password' }, { asks: ['adminPassword'] }],
  ['install', { administrator: 'disable' }, { not: ['adminPassword'] }],
  ['install', { answerFilePackage: 'x' }, { asks: ['answerFile'] }],
  ['install', { destinationDisk: 0 }, { asks: ['destinationPartition'] }],
  [
    'install',
    { join: 'domain' },
    { asks: ['domain', 'organizationalUnit', 'joinAccount', 'joinPassword'], not: ['workgroup'] },
  ],
  ['install', { join: 'workgroup' }, { asks: ['workgroup'], not: ['domain', 'joinAccount'] }],
  ['install', { captureUserState: false }, { not: ['usmtPackage', 'stateConfigFiles'] }],
  ['install', { captureNetworkSettings: false }, { not: ['captureMembership', 'captureAdapters'] }],
  [
    'install',
    { captureWindowsSettings: false },
    { not: ['captureComputerName', 'captureRegistration', 'captureTimeZone'] },
  ],
  ['install', { applications: ['a'] }, { not: ['continueOnApplicationError'] }],
  ['install', { applications: ['a', 'b'] }, { asks: ['continueOnApplicationError'] }],
  ['user-state', {}, { asks: ['usmtPackage', 'stateConfigFiles'] }],
  ['upgrade', {}, { not: ['firmwareCommand', 'firmwarePackage'] }],
  ['upgrade', { biosToUefi: true }, { asks: ['firmwareCommand', 'firmwarePackage'] }],
];

test.each(cases)('%s with %j', (kind, answers, { asks = [], not = [] }) => {
  const names = asked(kind, answers);
  expect(asks.filter((name) => !names.includes(name))).toEqual([]);
  expect(not.filter((name) => names.includes(name))).toEqual([]);
});
