/** Seeds of our containers. The sealed one is cheap to open, so that thousands of mutations are. */
import { createCipheriv, scryptSync } from 'node:crypto';
import { Secret } from '../../../src/core/index.ts';
import {
  type PolicyDocument,
  seal,
  signDocument,
  writeBootstrap,
  writeFolderListing,
  writeManifest,
  writeMediaDocument,
  writePlainVariables,
  writePolicy,
} from '../../../src/protocol/index.ts';
import { sealHeader, variablesHeader, variablesMagic } from '../../../src/protocol/variables-layout.ts';
import { fuzzKeys, fuzzPassword } from '../parsers/protocol.ts';
import type { NewSeed } from './seed-set.ts';

const sha256 = 'ab'.repeat(32);
const inputs = [{ role: 'boot-image', size: 5, sha256 }];

/** One of each part. */
const policy: PolicyDocument = {
  osdkit: 1,
  kind: 'policy',
  site: { code: 'ABC', name: 'Test' },
  made: '2026-11-21T12:00:00.000Z',
  start: 'pxe',
  identity: { kind: 'known', name: 'PC1', by: 'macAddress' },
  recipient: fuzzKeys.public.sealing,
  deployments: [
    {
      id: 'ABC00004',
      name: 'Install here',
      sequence: { id: 'ABC00001', name: 'Install' },
      collection: { id: 'ABC00002', name: 'Lab' },
      purpose: 'required',
      availableTo: 'mediaAndPxe',
      priority: 3,
      offered: true,
      runs: 'now',
      nextRun: null,
      downloadFrom: null,
      contentOption: 'whenNeeded',
      showProgress: true,
      highRisk: null,
      reasons: [{ rule: 'collection', holds: true, text: 'PC1 is in Lab' }],
    },
  ],
  choice: { kind: 'run', deployment: 'ABC00004', text: 'the only one' },
  sequences: [
    {
      id: 'ABC00001',
      name: 'Install',
      bootImage: 'ABC00003',
      steps: [{ group: 'A', steps: [{ step: 'B', type: 'run-command-line', with: { CommandLine: 'x' } }] }],
    },
  ],
  variables: [
    { name: 'OSDComputerName', value: 'PC-\u00e4', hidden: false, origin: 'site', overridden: ['collection'] },
  ],
  content: [
    {
      kind: 'bootImage',
      id: 'ABC00003',
      name: 'pe',
      files: [{ sha256, size: 5 }],
      points: [{ name: 'DP1', url: null }],
      for: ['ABC00001'],
    },
  ],
  updates: [{ id: 'ABC00005', name: 'Set', articles: ['KB1'] }],
  users: ['CONTOSO\\ann'],
  notes: [{ code: 'NOTE', severity: 'note', message: 'text' }],
  signature: '',
};

const bootstrap = {
  site: { code: 'ABC', name: 'Test', signing: fuzzKeys.public.signing },
  servers: [{ name: 'one', url: 'https://one.contoso.com' }],
  bootImage: { id: 'ABC00003', name: 'pe' },
  unknownComputers: true,
  unattended: false,
  variables: { OSDComputerName: 'PC1' },
};

function sealedText(): Uint8Array {
  const recipient = Buffer.from(fuzzKeys.public.sealing, 'base64');
  const text = seal(new Secret(fuzzPassword), recipient, (length) => new Uint8Array(length).fill(7));
  return new TextEncoder().encode(text);
}

function sealed(): Uint8Array {
  const plaintext = writePlainVariables([{ name: 'SMSTSMP', value: 'http://mp' }]).subarray(16);
  const salt = new Uint8Array(32).fill(7);
  const key = scryptSync(fuzzPassword, salt, 64, { N: 16, r: 1, p: 1 }).subarray(0, 32);
  const blank = { logN: 4, r: 1, p: 1, zero: null, salt, nonce: new Uint8Array(12), tag: new Uint8Array(16) };
  const length = sealHeader.size + plaintext.length;
  const start = variablesHeader.encode({ magic: variablesMagic, version: 1, form: 1, length });
  const nonce = new Uint8Array(12).fill(9);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.concat([start, sealHeader.encode(blank)]));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  const header = sealHeader.encode({ ...blank, nonce, tag: cipher.getAuthTag() });
  return Buffer.concat([start, header, ciphertext]);
}

export function protocolSeeds(): NewSeed[] {
  const files = ['EFI/BOOT/BOOTX64.EFI', 'sources/boot.wim'].map((path) => ({ path, size: 10, sha256 }));
  const document = writeMediaDocument({
    type: 'BootMedia',
    tool: { name: 'osdkit', version: '0.1.0' },
    architecture: 'x64',
    label: 'WINPE',
    layout: 'mbr',
    signingCa: '2023',
    imageIndex: 1,
    unattended: false,
    start: null,
    expires: null,
    inputs,
    variables: { A: 'b' },
    secretVariables: [],
  });
  const plain = writePlainVariables([{ name: 'OSDComputerName', value: 'PC-ä' }]);
  return [
    { parser: 'manifest', name: 'own', bytes: writeManifest({ mediaId: sha256, files, inputs, signature: '' }) },
    { parser: 'media-document', name: 'own', bytes: document },
    { parser: 'policy', name: 'signed', bytes: writePolicy(signDocument(policy, fuzzKeys.signing)) },
    { parser: 'bootstrap', name: 'own', bytes: writeBootstrap(bootstrap) },
    { parser: 'folder-listing', name: 'own', bytes: writeFolderListing(files) },
    { parser: 'sealed-text', name: 'own', bytes: sealedText() },
    { parser: 'variables', name: 'plain', bytes: plain },
    { parser: 'variables', name: 'sealed', bytes: sealed(), facts: { password: fuzzPassword } },
  ];
}
