/** Secrets of a site in policies: who gets which, and that nobody gets another's in any form. */
import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OsdkitError, Secret } from '../../../src/core/index.ts';
import type { Site } from '../../../src/model/index.ts';
import { type PolicyMedium, policyDocument, type PolicyRequest, policyFor } from '../../../src/policy/index.ts';
import { canonicalJson, newSiteKeys, open, readPolicy, seal, writePolicy } from '../../../src/protocol/index.ts';
import { siteOf } from '../site/site-of.ts';
import { BASE, bootable, deployment, NOW, policy, PXE, site } from './policy-of.ts';

/** Random bytes that a test can repeat. */
function repeatable(seed: string): (length: number) => Uint8Array {
  let count = 0;
  return (length) => createHash('shake256', { outputLength: length }).update(`${seed} ${count++}`).digest();
}

const ofSite = newSiteKeys(repeatable('site')).keys;
const ofAsker = newSiteKeys(repeatable('asker')).keys;
const random = repeatable('ephemeral');
const sitePublic = Buffer.from(ofSite.public.sealing, 'base64');
const port: NonNullable<PolicyRequest['secrets']> = {
  recipient: Buffer.from(ofAsker.public.sealing, 'base64'),
  open: ({ sealed }, place) => open(sealed, ofSite.sealing, place),
  seal: (secret, recipient) => seal(secret, recipient, random),
};

interface Made {
  /** Texts of secrets by who may have them. */
  readonly texts: Map<string, string>;
  /** Ciphertexts as the site has them. */
  readonly sealed: string[];
}

/** A `!secret` scalar; its text names the owner. */
function secretOf(made: Made, owner: string): string {
  const text = `hush-${made.texts.size}-${owner}`;
  const sealed = seal(new Secret(text), sitePublic, random);
  made.texts.set(owner, text);
  made.sealed.push(sealed);
  return `!secret ${sealed}`;
}

/** Every sealed text in a document, opened with the asker's key. */
function opened(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('sealed' in value && typeof value.sealed === 'string') {
    return value.sealed === 'withheld' ? [] : [open(value.sealed, ofAsker.sealing, 'document').reveal()];
  }
  return Object.values(value).flatMap(opened);
}

const spec = fc.record({
  devices: fc.integer({ min: 1, max: 5 }),
  collections: fc.array(
    fc.record({
      members: fc.uniqueArray(fc.nat(4), { minLength: 2 }),
      priority: fc.option(fc.integer({ min: 1, max: 9 })),
    }),
    {
      minLength: 1,
      maxLength: 5,
    },
  ),
  sequences: fc.array(fc.record({ child: fc.option(fc.nat(3)), disabled: fc.boolean(), off: fc.boolean() }), {
    minLength: 1,
    maxLength: 4,
  }),
  deployments: fc.array(
    fc.record({
      sequence: fc.nat(3),
      collection: fc.nat(4),
      availableTo: fc.constantFrom('clients', 'clientsMediaAndPxe', 'mediaAndPxe', 'mediaAndPxeHidden'),
      enabled: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  asker: fc.nat(4),
  medium: fc.constantFrom('client', 'pxe', 'bootable'),
});
type Spec = typeof spec extends fc.Arbitrary<infer T> ? T : never;

const idOf = (kind: string, index: number) => `ABC${kind}000${index}`;
const macOf = (index: number) => `00:15:5D:00:00:0${index}`;

/** The site of a specification, its secrets, and those that the asker may have: worked out here from the specification alone. */
function built(of: Spec): { loaded: Site; made: Made; allowed: string[] } {
  const made: Made = { texts: new Map(), sealed: [] };
  const count = of.sequences.length;
  const files: Record<string, string> = { 'boot-images/pe.yaml': 'id: ABC00001\nname: pe\narchitecture: x64\n' };
  for (let index = 0; index < of.devices; index++) {
    files[`devices/${index}.yaml`] =
      `name: PC${index}\nmacAddresses: ["${macOf(index)}"]\nvariables:\n  Device${index}: ${secretOf(made, `device ${index}`)}\n`;
  }
  of.collections.forEach(({ members, priority }, index) => {
    const names = [...new Set(members)].filter((each) => each < of.devices).map((each) => `PC${each}`);
    files[`collections/${index}.yaml`] =
      `id: ${idOf('C', index)}\nname: C${index}\ntype: device\nmembers: { devices: [${names.join(', ')}] }\n${priority === null ? '' : `variablePriority: ${priority}\n`}variables:\n  Collection${index}: ${secretOf(made, `collection ${index}`)}\n`;
  });
  of.sequences.forEach(({ disabled, off }, index) => {
    const next = childOf(of, index);
    files[`task-sequences/${index}.yaml`] =
      `id: ${idOf('T', index)}\nname: T${index}\nbootImage: pe\nenabled: ${!disabled}\nsteps:\n  - step: Join\n    type: join-domain-or-workgroup\n    with:\n      DomainName: contoso.com\n      DomainUsername: contoso\\join\n      DomainPassword: ${secretOf(made, `sequence ${index}`)}\n  - step: Again\n    type: join-domain-or-workgroup\n    enabled: ${!off}\n    with:\n      DomainName: contoso.com\n      DomainPassword: ${secretOf(made, `off ${index}`)}\n${next === undefined ? '' : `  - step: Child\n    type: run-task-sequence\n    with: { TsPackageID: ${idOf('T', next)} }\n`}`;
  });
  of.deployments.forEach(({ sequence, collection, availableTo, enabled }, index) => {
    files[`deployments/${index}.yaml`] =
      `id: ${idOf('D', index)}\nname: D${index}\ntaskSequence: T${sequence % count}\ncollection: C${collection % of.collections.length}\npurpose: available\navailableTo: ${availableTo}\nenabled: ${enabled}\n`;
  });
  const settings = `osdkit: 1\nsiteCode: ABC\nname: Test\nvariables:\n  OfSite: ${secretOf(made, 'site')}\n`;
  const { site: loaded } = siteOf(files, settings);
  return { loaded, made, allowed: allowedTexts(of, made) };
}

/** Children have higher numbers: no circles. */
function childOf({ sequences }: Spec, index: number): number | undefined {
  const child = sequences[index]?.child ?? null;
  return child !== null && child > index && child < sequences.length ? child : undefined;
}

function allowedTexts(of: Spec, { texts }: Made): string[] {
  const known = of.asker < of.devices;
  const isMember = (collection: number) => known && (of.collections[collection]?.members.includes(of.asker) ?? false);
  const chainOf = (index: number): number[] => {
    const child = childOf(of, index);
    return child === undefined ? [index] : [index, ...chainOf(child)];
  };
  const client = of.medium === 'client';
  const offered = of.deployments.filter(({ sequence, collection, availableTo, enabled }) => {
    const reach = client
      ? availableTo === 'clients' || availableTo === 'clientsMediaAndPxe'
      : availableTo === 'clientsMediaAndPxe' || availableTo === 'mediaAndPxe';
    const runs = chainOf(sequence % of.sequences.length).every((each) => of.sequences[each]?.disabled === false);
    return enabled && reach && runs && isMember(collection % of.collections.length);
  });
  if (offered.length === 0) return [];
  const run = new Set(offered.flatMap(({ sequence }) => chainOf(sequence % of.sequences.length)));
  const owners = [
    'site',
    `device ${of.asker}`,
    ...of.collections.flatMap((_, index) => (isMember(index) ? [`collection ${index}`] : [])),
    ...[...run].flatMap((index) => [
      `sequence ${index}`,
      ...(of.sequences[index]?.off === true ? [] : [`off ${index}`]),
    ]),
  ];
  return owners.map((owner) => texts.get(owner) ?? 'missing');
}

const mediumOf = (name: string): PolicyMedium =>
  name === 'client' ? { kind: 'client' } : name === 'pxe' ? PXE : bootable();

function request({ asker, medium }: Spec): PolicyRequest {
  return {
    facts: { architecture: 'x64', macAddresses: [macOf(asker)] },
    medium: mediumOf(medium),
    time: { now: NOW, zoneOffset: 0 },
  };
}

describe('for random sites', () => {
  test('a policy holds exactly the secrets that its asker may have, sealed to it, and no other in any form', () => {
    let some = 0;
    fc.assert(
      fc.property(spec, (of) => {
        const { loaded, made, allowed } = built(of);
        const result = policyFor(loaded, { ...request(of), secrets: port });
        const document = policyDocument(result, { made: NOW, recipient: port.recipient });
        expect(new Set(opened(document))).toEqual(new Set(allowed));
        some += allowed.length;
        const shown = [
          canonicalJson(document),
          JSON.stringify(result.notes),
          JSON.stringify(result.choice),
          inspect(document, { depth: 50 }),
        ];
        for (const text of [...made.texts.values(), ...made.sealed]) {
          for (const form of shown) expect(form.includes(text)).toBe(false);
        }
      }),
      { numRuns: 150 },
    );
    // Most sites offer something: else this would show nothing.
    expect(some).toBeGreaterThan(20);
  });

  test('without a recipient there is none at all, and each is told as withheld', () => {
    fc.assert(
      fc.property(spec, (of) => {
        const { loaded, made, allowed } = built(of);
        const result = policyFor(loaded, request(of));
        const text = canonicalJson(policyDocument(result));
        expect(opened(policyDocument(result))).toEqual([]);
        expect(result.notes.length > 0).toBe(allowed.length > 0);
        for (const secret of [...made.texts.values(), ...made.sealed]) expect(text.includes(secret)).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  test('an error while a secret is opened names its place and shows nothing', () => {
    fc.assert(
      fc.property(spec, (of) => {
        const { loaded, made, allowed } = built(of);
        const wrong = {
          ...port,
          open: ({ sealed }: { sealed: string }, place: string) => open(sealed, ofAsker.sealing, place),
        };
        let told = '';
        try {
          policyFor(loaded, { ...request(of), secrets: wrong });
        } catch (error) {
          expect(error).toBeInstanceOf(OsdkitError);
          told = `${JSON.stringify(error)} ${inspect(error, { depth: 10 })}`;
        }
        expect(told !== '').toBe(allowed.length > 0);
        for (const secret of [...made.texts.values(), ...made.sealed]) expect(told.includes(secret)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});

describe('secrets in other places', () => {
  const made: Made = { texts: new Map(), sealed: [] };
  const given = (lines: string, medium: PolicyMedium = PXE) => {
    const files = {
      ...BASE,
      'task-sequences/install.yaml': `id: ABC00011\nname: Install\nbootImage: pe-x64\nsteps:\n${lines}`,
      ...deployment('ABC20000', 'taskSequence: Install\ncollection: Lab\npurpose: available\navailableTo: mediaAndPxe'),
    };
    return policyDocument(policy(site(files), medium, { secrets: port }), { recipient: port.recipient });
  };

  test('a rule of Set Dynamic Variables', () => {
    const document = given(
      `  - step: Rules\n    type: set-dynamic-variables\n    with:\n      Rules:\n        rules:\n          - variables: [{ name: Key, value: ${secretOf(made, 'rule')}, secret: true }]\n`,
    );
    expect(opened(document)).toEqual([made.texts.get('rule')]);
  });

  test('a password in plain text, which the site calls a mistake, is sealed all the same', () => {
    const document = given(
      '  - step: Join\n    type: join-domain-or-workgroup\n    with: { DomainName: c.com, DomainPassword: plainpass1 }\n  - step: Set\n    type: set-task-sequence-variable\n    with: { VariableName: OSDJoinPassword, VariableValue: plainpass2 }\n  - step: Refer\n    type: join-domain-or-workgroup\n    with: { DomainName: c.com, DomainPassword: "%Given%" }\n',
    );
    expect(opened(document)).toEqual(['plainpass1', 'plainpass2']);
    expect(canonicalJson(document)).not.toContain('plainpass');
    expect(canonicalJson(document)).toContain('%Given%');
  });

  test('a password variable, and a secret of the medium', () => {
    const document = given('  - step: Run\n    type: run-command-line\n    with: { CommandLine: x }\n', {
      ...(bootable() as Extract<PolicyMedium, { kind: 'bootable' | 'prestaged' }>),
      variables: [
        { name: 'OSDJoinPassword', value: 'plainpass3' },
        { name: 'Other', value: new Secret('mediumsecret') },
      ],
    });
    expect(opened(document).sort()).toEqual(['mediumsecret', 'plainpass3']);
    expect(document.variables.map(({ hidden }) => hidden)).toEqual([true, true]);
  });

  test('what an import left over leaves the site with nobody', () => {
    const document = given(
      '  - step: Run\n    type: run-command-line\n    with: { CommandLine: x }\n    extra: { variables: [{ name: Odd, hidden: true, value: leftover }] }\n',
    );
    expect(canonicalJson(document)).not.toContain('leftover');
  });

  test('a written policy is read back as it was', () => {
    const document = given(
      `  - step: Join\n    type: join-domain-or-workgroup\n    with: { DomainName: c.com, DomainPassword: ${secretOf(made, 'read')} }\n`,
    );
    expect(readPolicy(writePolicy(document))).toEqual(document);
  });
});
