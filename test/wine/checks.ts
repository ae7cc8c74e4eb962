/**
 * The checks that run under node.exe, for node:test: vitest does not start under Wine 8. Called as
 * `node.exe checks.js EXPECTED.json`, where that file holds the Node version and the hashes of the Linux build.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { artifactHash } from './artifacts.ts';

const expected = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as {
  readonly nodeVersion: string;
  readonly hashes: Readonly<Record<string, string>>;
};

void test('this is the pinned node.exe on Windows', () => {
  assert.equal(process.platform, 'win32');
  assert.equal(process.version, expected.nodeVersion);
});

for (const [index, [name, hash]] of Object.entries(expected.hashes).entries()) {
  void test(`${name} has the bytes of the Linux build`, async () => {
    const folder = join(process.cwd(), `windows-${index}`);
    mkdirSync(folder);
    assert.equal(await artifactHash(name, folder), hash);
  });
}
