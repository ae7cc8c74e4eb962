/** Seeds of our containers. The sealed one is cheap to open, so that thousands of mutations are. */
import { createCipheriv, scryptSync } from 'node:crypto';
import { writeManifest, writeMediaDocument, writePlainVariables } from '../../../src/protocol/index.ts';
import { sealHeader, variablesHeader, variablesMagic } from '../../../src/protocol/variables-layout.ts';
import { fuzzPassword } from '../parsers/protocol.ts';
import type { NewSeed } from './seed-set.ts';

const sha256 = 'ab'.repeat(32);
const inputs = [{ role: 'boot-image', size: 5, sha256 }];

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
    { parser: 'variables', name: 'plain', bytes: plain },
    { parser: 'variables', name: 'sealed', bytes: sealed(), facts: { password: fuzzPassword } },
  ];
}
