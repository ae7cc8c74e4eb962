/** Secrets of a site: what is shown never holds one, what is imported never keeps one in plain text. */
import { describe, expect, test } from 'vitest';
import { maskedItem, shownObject } from '../../../src/app/mask-secrets.ts';
import { withSealedSecrets } from '../../../src/app/seal-secrets.ts';
import { openSite } from '../../../src/app/open-site.ts';
import { sealForSite } from '../../../src/app/site-key-file.ts';
import { operationContext, Secret } from '../../../src/core/index.ts';
import type { SequenceItem } from '../../../src/model/index.ts';
import { open } from '../../../src/protocol/index.ts';
import { secretProperties, stepTypes } from '../../../src/steps/index.ts';
import { siteFolder, siteKeys } from './site-folder.ts';

const context = operationContext();
const word = 'hunter2';

/** A step of every type with `word` in each secret property, in groups; variables, rules and data of an unknown step with passwords. */
const items: SequenceItem[] = [
  ...stepTypes.map(
    ({ definition }): SequenceItem => ({
      kind: 'group',
      name: definition.title,
      steps: [
        {
          kind: 'step',
          name: definition.title,
          type: definition.name,
          with: Object.fromEntries(secretProperties(definition).map((name) => [name, word])),
        },
      ],
    }),
  ),
  {
    kind: 'step',
    name: 'Set',
    type: 'set-task-sequence-variable',
    with: { VariableName: 'osdjoinpassword', VariableValue: word },
  },
  {
    kind: 'step',
    name: 'Rules',
    type: 'set-dynamic-variables',
    with: {
      Rules: {
        rules: [
          {
            variables: [
              { name: 'OSDJoinPassword', value: word },
              { name: 'X', value: word, secret: true },
              { name: 'Y', value: 'seen' },
            ],
          },
        ],
      },
    },
  },
  {
    kind: 'step',
    name: 'Unknown',
    type: 'unknown',
    with: {},
    extra: {
      type: 'X',
      variables: [
        { name: 'OSDJoinPassword', value: word },
        { name: 'Z', value: 'seen too' },
      ],
    },
  },
];

describe('secrets of a sequence', () => {
  test('are dots in what is shown, for every step type', () => {
    const text = JSON.stringify(items.map(maskedItem));
    expect(text).not.toContain(word);
    expect(text).toContain('seen');
    expect(text).toContain('seen too');
  });

  test('are sealed when they come in, so that the key of the site opens them; product keys stay', async () => {
    const { site } = await openSite(siteFolder(), context);
    let seed = 0;
    const seal = (text: string) => sealForSite(site, new Secret(text), (length) => new Uint8Array(length).fill(++seed));
    const made = withSealedSecrets(items, seal);
    const sealed: string[] = [];
    const text = JSON.stringify(made, (_key, value: unknown) => {
      if (typeof value === 'object' && value !== null && 'sealed' in value) sealed.push(String(value.sealed));
      return value;
    });
    expect(sealed.length).toBeGreaterThan(10);
    for (const one of sealed) expect(open(one, siteKeys.sealing, 'test').reveal()).toBe(word);
    const quasi = stepTypes.flatMap(({ definition }) =>
      Object.values(definition.properties).filter(({ secret }) => secret === 'quasi'),
    ).length;
    expect(text.split(word).length - 1).toBe(quasi);
    expect(text).toContain('seen too');
  });

  test('only references to variables are no secret', () => {
    const step = (value: string): SequenceItem => ({
      kind: 'step',
      name: 'J',
      type: 'join-domain-or-workgroup',
      with: { DomainPassword: value },
    });
    const seal = () => ({ sealed: 'S' });
    expect(withSealedSecrets([step('%OSDJoinPassword%')], seal)).toEqual([step('%OSDJoinPassword%')]);
    expect(withSealedSecrets([step('%A%x')], seal)[0]).toMatchObject({ with: { DomainPassword: { sealed: 'S' } } });
  });
});

test('hidden, sealed and password variables of devices and collections, and PXE passwords, are dots', async () => {
  const folder = siteFolder({
    'devices/a.yaml': `name: A\nsmbiosGuid: 4C4C4544-0042-3510-8054-B4C04F583432\nvariables:\n  OSDJoinPassword: ${word}\n  H: { value: ${word}, hidden: true }\n  S: !secret ${word}\n  OSDLocalAdminPassword: { value: ${word} }\n  V: seen\n`,
    'distribution-points/d.yaml': `name: D\npxe: { enabled: true, password: ${word} }\n`,
  });
  const { site } = await openSite(folder, context);
  const text = JSON.stringify([...site.all('device'), ...site.all('distributionPoint')].map(shownObject));
  expect(text).not.toContain(word);
  expect(text).toContain('seen');
});

test('a site without keys, or with a key of another length, seals nothing', async () => {
  const { site } = await openSite(siteFolder(), context);
  const without = { ...site, settings: { ...site.settings, keys: undefined } } as unknown as typeof site;
  const seal = (of: typeof site) => () => sealForSite(of, new Secret('x'), (length) => new Uint8Array(length));
  expect(seal(without)).toThrow(/no `keys\.sealing`/);
  const other = { ...site, settings: { ...site.settings, keys: { signing: '', sealing: 'AAAA' } } };
  expect(seal(other)).toThrow(/has 3 bytes/);
});
