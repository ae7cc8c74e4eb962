/** The policy of one computer as a file: signed by the site, its secrets sealed to its key and to no other. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { openSiteKeys } from '../../src/app/site-key-file.ts';
import { Secret } from '../../src/core/index.ts';
import { isSignedBy, newSiteKeys, open, readPolicy } from '../../src/protocol/index.ts';
import { IMAGES, labOf } from '../src/site/site-of.ts';
import { done, newSite, refused } from './site-commands.ts';

const computer = newSiteKeys((length) => new Uint8Array(length).fill(5)).keys;
let site = '';
let output = '';
let password = '';

beforeEach(async () => {
  site = await newSite();
  output = join(site, '..', 'policy.json');
  password = join(site, '..', 'pw.txt');
  const value = join(site, '..', 'value.txt');
  writeFileSync(value, 'hush-join');
  const scalar = (await done(['secret', 'seal', '--site', site, '--value-file', value])).trim();
  const { 'lab.csv': _, ...lab } = labOf(2);
  const files: Record<string, string> = {
    ...IMAGES,
    ...lab,
    'collections/lab.yaml': 'id: ABC00020\nname: Lab\ntype: device\nmembers: { devices: [PC1] }\n',
    'task-sequences/join.yaml': `id: ABC00011\nname: Join\nbootImage: pe-x64\nsteps:\n  - step: Join\n    type: join-domain-or-workgroup\n    with:\n      DomainName: contoso.com\n      DomainUsername: contoso\\join\n      DomainPassword: ${scalar}\n`,
    'deployments/d.yaml':
      'id: ABC20001\nname: D\ntaskSequence: Join\ncollection: Lab\npurpose: available\navailableTo: mediaAndPxe\n',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(site, path)), { recursive: true });
    writeFileSync(join(site, path), text);
  }
});

const ask = (device: string, ...options: string[]): string[] => [
  'device',
  'policy',
  device,
  '--site',
  site,
  ...options,
];
const written = () => readPolicy(readFileSync(output));

function sealedIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('sealed' in value && typeof value.sealed === 'string') return [value.sealed];
  return Object.values(value).flatMap(sealedIn);
}

describe('device policy --output', () => {
  const recipient = ['--recipient', computer.public.sealing];

  test('is signed by the site; the computer alone opens its secrets', async () => {
    const said = await done([...ask('PC1'), '--output', output, '--site-password-file', password, ...recipient]);
    expect(said).toContain('written and signed');
    const policy = written();
    const keys = await openSiteKeys(site, new Secret('correct horse'));
    expect(isSignedBy(policy, keys.public.signing)).toBe(true);
    expect(policy.recipient).toBe(computer.public.sealing);
    const [sealed = '', ...others] = sealedIn(policy.sequences);
    expect(others).toEqual([]);
    expect(open(sealed, computer.sealing, 'file').reveal()).toBe('hush-join');
    expect(() => open(sealed, keys.sealing, 'file')).toThrow(/does not open/);
    for (const text of [said, readFileSync(output, 'utf8')]) expect(text).not.toContain('hush-join');
  });

  test('a computer that gets nothing gets no secret', async () => {
    await done([...ask('PC2'), '--output', output, '--site-password-file', password, ...recipient]);
    expect(sealedIn(written())).toEqual([]);
    expect(written().sequences).toEqual([]);
  });

  test('without a recipient the secret is left out, and that is told', async () => {
    const said = await done([...ask('PC1'), '--output', output, '--site-password-file', password]);
    expect(said).toContain('Join: Join, DomainPassword: the secret is not in this policy');
    expect(sealedIn(written().sequences)).toEqual(['withheld']);
  });

  test('what is missing or wrong is refused, and nothing is written or replaced', async () => {
    const whole = [...ask('PC1'), '--output', output];
    await refused(whole, 'APP_PASSWORD_MISSING');
    await refused([...whole, '--site-password-file', password, '--recipient', 'AAAA'], 'APP_OPTION');
    const wrong = join(site, '..', 'wrong.txt');
    writeFileSync(wrong, 'nobody\n');
    await refused([...whole, '--site-password-file', wrong, ...recipient], 'PROTOCOL_PASSWORD_WRONG');
    expect(() => readFileSync(output)).toThrow(/ENOENT/);
    writeFileSync(output, 'mine');
    const { stderr } = await refused([...whole, '--site-password-file', password, ...recipient], 'BYTES_OUTPUT_EXISTS');
    expect(stderr).toContain('--force');
    expect(readFileSync(output, 'utf8')).toBe('mine');
    await done([...whole, '--site-password-file', password, ...recipient, '--force']);
    expect(written().choice.kind).toBe('list');
  });

  test('keys of another site sign nothing here', async () => {
    const other = await newSite();
    writeFileSync(join(site, 'keys/site-keys.json'), readFileSync(join(other, 'keys/site-keys.json')));
    await refused([...ask('PC1'), '--output', output, '--site-password-file', password, ...recipient], 'APP_SITE_KEYS');
  });
});
