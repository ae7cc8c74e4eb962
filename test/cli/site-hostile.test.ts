/** Sites and exports with damaged bytes: a result or a named error, never "our bug" (70), and no secret in what is said. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { mdtSequence, put, source } from './exchange-sites.ts';
import { osdkitInProcess } from './in-process.ts';
import { seeded } from './random.ts';
import { done } from './site-commands.ts';

let site = '';
let folder = '';
let export1 = Buffer.alloc(0);

beforeAll(async () => {
  ({ site, folder } = await source());
  put(site, {
    'collections/lab.yaml': 'id: ABC00020\nname: Lab\ntype: device\nmembers: { devices: [PC1], csv: lab.csv }\n',
    'lab.csv': 'name\nPC1\n',
    'devices.csv': 'name,mac,variable:OSDX\nPC1,00:15:5D:01:02:03,"a,b"\n',
    'deployments/d.yaml':
      'id: ABC20001\nname: D\ntaskSequence: Main\ncollection: Lab\npurpose: available\nschedule: { available: 2026-01-01T00:00:00Z }\n',
  });
  await done(['site', 'check', '--site', site]);
  await done(['task-sequence', 'export', 'main', '--site', site, '--output', join(folder, 'e'), '--no-content']);
  export1 = readFileSync(join(folder, 'e.zip'));
});

const random = seeded(20_261_121);
const pieces = [
  '{',
  '}',
  '[',
  ']',
  ':',
  '- ',
  '\n',
  '"',
  "'",
  '&a ',
  '*a',
  '!secret ',
  '!!js ',
  '|',
  '%',
  '\t',
  '\0',
  '\u{1F600}',
  '<',
  '>',
  '<![CDATA[',
  '99999999999999999999',
];

/** One to three changes: a byte, a piece put in, a stretch taken out or doubled. */
function damaged(bytes: Buffer): Buffer {
  let made = bytes;
  for (let count = 1 + random(3); count > 0; count--) {
    const at = random(made.length + 1);
    const end = Math.min(made.length, at + 1 + random(40));
    const kind = random(4);
    const piece = Buffer.from(
      kind === 0 ? String.fromCharCode(random(256)) : (pieces[random(pieces.length)] ?? ''),
      kind === 0 ? 'latin1' : 'utf8',
    );
    if (kind === 0) made = Buffer.concat([made.subarray(0, at), piece, made.subarray(at + 1)]);
    else if (kind === 1) made = Buffer.concat([made.subarray(0, at), piece, made.subarray(at)]);
    else if (kind === 2) made = Buffer.concat([made.subarray(0, at), made.subarray(end)]);
    else made = Buffer.concat([made.subarray(0, end), made.subarray(at)]);
  }
  return made;
}

async function calm(args: readonly string[], what: string): Promise<void> {
  const { code, stderr, stdout } = await osdkitInProcess(args);
  expect([0, 2, 3, 5], `${what}\n${stderr}\n${stdout.slice(0, 500)}`).toContain(code);
  if (code !== 0 && args[1] !== 'check') expect(stderr, what).toMatch(/\[[A-Z]+_[A-Z_]+\]/);
}

test('files of a site', async () => {
  const files = [
    'site.yaml',
    'devices.csv',
    'lab.csv',
    'collections/lab.yaml',
    'deployments/d.yaml',
    'task-sequences/main.yaml',
    'applications/b.yaml',
    'packages/t.yaml',
  ];
  for (let round = 0; round < 240; round++) {
    const path = join(site, files[round % files.length] ?? '');
    const before = readFileSync(path);
    const made = damaged(before);
    writeFileSync(path, made);
    const what = `${path}: ${made.toString('latin1')}`;
    await calm(['site', 'check', '--site', site], what);
    await calm(['site', 'show', 'ABC20001', '--site', site], what);
    await calm(['task-sequence', 'list', '--site', site], what);
    await calm(['task-sequence', 'show', 'ABC00011', '--site', site], what);
    if (round % 8 === 0)
      await calm(
        ['task-sequence', 'export', 'ABC00011', '--site', site, '--output', join(folder, 'x'), '--plan'],
        what,
      );
    writeFileSync(path, before);
  }
});

test('exports and sequences of MDT', async () => {
  for (let round = 0; round < 150; round++) {
    const [name, bytes] =
      round % 2 === 0 ? ['bad.zip', damaged(export1)] : ['bad.xml', damaged(Buffer.from(mdtSequence))];
    writeFileSync(join(folder, name), bytes);
    await calm(
      ['task-sequence', 'import', join(folder, name), '--site', site, '--plan'],
      `${round}: ${bytes.toString('latin1').slice(0, 300)}`,
    );
  }
  expect(readdirSync(folder)).not.toContain('x.zip');
  rmSync(join(folder, 'bad.zip'));
});
