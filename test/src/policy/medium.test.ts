/** What lies on a medium of a site before anyone asks, and the recipe for media that ask nothing. */
import { describe, expect, test } from 'vitest';
import { Secret } from '../../../src/core/index.ts';
import { automaticProblems, mediumBootstrap, mediumPolicy, type SiteMedium } from '../../../src/policy/index.ts';
import { INSTALL, SETTINGS } from '../site/site-of.ts';
import { deployment, site } from './policy-of.ts';

const medium = (more: Partial<SiteMedium> = {}): SiteMedium => ({
  kind: 'bootable',
  variables: [],
  unattended: false,
  unknownComputers: true,
  bootImage: { id: 'ABC00001', name: 'pe-x64' },
  ...more,
});
const install = (more = '') =>
  `taskSequence: Install\ncollection: Lab\npurpose: available\n${more === '' ? 'availableTo: mediaAndPxe' : more}`;
const preferred = (id: string) => [{ name: 'smstspreferredadvertid', value: id }];
const names = (files: Record<string, string>, more: Partial<SiteMedium> = {}) =>
  mediumPolicy(site(files), medium(more)).deployments.map(({ id }) => id);

describe('the policy on a medium', () => {
  test('DEP-26 DEP-29: lists what media may start, the strongest first', () => {
    const files = {
      ...deployment('ABC20001', install('availableTo: mediaAndPxe\npriority: 3')),
      ...deployment('ABC20002', install('availableTo: clientsMediaAndPxe')),
      ...deployment('ABC20003', install('availableTo: clients')),
      ...deployment('ABC20004', install('availableTo: mediaAndPxeHidden')),
      ...deployment('ABC20005', install('availableTo: mediaAndPxe\nenabled: false')),
    };
    expect(names(files)).toEqual(['ABC20001', 'ABC20002']);
    expect(names(files, { variables: preferred('abc20004') })).toEqual(['ABC20004']);
    expect(mediumPolicy(site(files), medium({ variables: preferred('ABC20003') })).choice.kind).toBe('stop');
  });

  test.each([
    ['a disabled sequence (EDIT-11)', `${INSTALL}enabled: false\n`],
    ['a sequence with a reference to nothing (DEP-04)', INSTALL.replace('win11', 'win12')],
    ['a sequence without boot image (SITE-02)', INSTALL.replace('bootImage: pe-x64\n', '')],
  ])('%s is not on it', (_, text) => {
    const files = deployment('ABC20001', install());
    expect(names(files)).toEqual(['ABC20001']);
    expect(names({ ...files, 'task-sequences/install.yaml': text })).toEqual([]);
  });

  test('holds no sequence, no variable of the site and no content: those are for the computer that asks', () => {
    const files = {
      ...deployment('ABC20001', install()),
      'collections/lab.yaml': 'id: ABC00020\nname: Lab\ntype: device\nvariables: { X: value-of-lab }\n',
    };
    const policy = mediumPolicy(site(files, `${SETTINGS}variables: { Y: value-of-site }\n`), medium());
    expect([policy.sequences, policy.variables, policy.content, policy.users]).toEqual([[], [], [], []]);
    expect(JSON.stringify(policy)).not.toContain('value-of');
    expect(policy).toMatchObject({ identity: { kind: 'anyone' }, made: null, recipient: null, signature: '' });
  });

  test('MEDIA-11: the bootstrap has the settings and variables of the medium, and no secret', () => {
    const variables = [
      { name: 'OSDTimeZone', value: 'UTC' },
      { name: 'OSDJoinPassword', value: new Secret('hush') },
    ];
    const bootstrap = mediumBootstrap(site(), medium({ variables, unattended: true, unknownComputers: false }));
    expect(bootstrap).toMatchObject({ unattended: true, unknownComputers: false, variables: { OSDTimeZone: 'UTC' } });
    expect(JSON.stringify(bootstrap)).not.toContain('OSDJoinPassword');
  });
});

describe('the fully automatic recipe (DEP-27)', () => {
  const files = {
    ...deployment('ABC20001', install('availableTo: mediaAndPxeHidden')),
    ...deployment('ABC20002', install('availableTo: mediaAndPxe')),
    ...deployment('ABC20003', install('availableTo: clientsMediaAndPxe')),
    ...deployment('ABC20004', install('availableTo: clients')),
  };
  const told = (id: string | undefined, unattended: boolean) =>
    automaticProblems(site(files), { variables: id === undefined ? [] : preferred(id), unattended }).map(
      ({ severity }) => severity,
    );

  test('is silent when all parts are there, and when none is', () => {
    expect(told('ABC20001', true)).toEqual([]);
    expect(told(undefined, false)).toEqual([]);
  });

  test('names the part that is missing', () => {
    expect(told(undefined, true)).toEqual(['warning']);
    expect(told('ABC20001', false)).toEqual(['warning']);
    expect(told('ABC20002', true)).toEqual(['note']);
    expect(told('ABC20003', true)).toEqual(['warning']);
    expect(told('ABC20004', true)).toEqual(['error']);
    expect(told('ABC29999', true)).toEqual(['error']);
    expect(told('ABC20002', false)).toEqual(['note', 'warning']);
  });
});
