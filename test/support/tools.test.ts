/** The tool finder itself: what it says when a tool is missing, and that run() and scratch() do what tests rely on. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { TOOLS } from './tool-table.ts';
import { findTools, run, scratch, sha256File } from './tools.ts';

describe('findTools', () => {
  test('names tool, package and what stays unproven', () => {
    const before = process.env['PATH'];
    process.env['PATH'] = '/nonexistent';
    try {
      const found = findTools(['wimlib-imagex']);
      expect(found.available).toBe(false);
      expect(found.reason).toBe(
        'wimlib-imagex (package wimtools) is not installed; not proven: WIM files against another implementation',
      );
      expect(() => found.path('wimlib-imagex')).toThrow('package wimtools');
    } finally {
      process.env['PATH'] = before;
    }
  });

  test('refuses a name that the table lacks, so that a typing error is no skip', () => {
    expect(() => findTools(['wimlib-imagexx'])).toThrow("no tool 'wimlib-imagexx'");
  });

  test('every record says where the tool comes from and what it proves', () => {
    for (const [name, record] of TOOLS) {
      expect(record.source, name).toMatch(/^(package|script|root)/);
      expect(record.proves.length, name).toBeGreaterThan(10);
    }
  });
});

describe('run', () => {
  test('gives both outputs and takes input', async () => {
    const script = 'process.stdin.on("data", d => process.stdout.write(d)); console.error("aside")';
    const result = await run(process.execPath, ['-e', script], { input: 'hello' });
    expect(result).toEqual({ stdout: 'hello', stderr: 'aside\n', code: 0 });
  });

  test('throws with command, code and output', async () => {
    const failing = run(process.execPath, ['-e', 'console.error("why"); process.exit(3)']);
    await expect(failing).rejects.toThrow(/exit code 3\nwhy/);
    const allowed = await run(process.execPath, ['-e', 'process.exit(3)'], { allowFailure: true });
    expect(allowed.code).toBe(3);
  });

  test('kills what runs too long', async () => {
    await expect(run(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { timeout: 300 })).rejects.toThrow(
      'killed after 300 ms',
    );
  });

  test('says when a program is not there', async () => {
    await expect(run('/nonexistent/program')).rejects.toThrow('cannot start');
  });
});

describe('scratch', () => {
  let folder = '';
  test('makes a folder', () => {
    folder = scratch();
    writeFileSync(join(folder, 'abc'), 'abc');
    expect(sha256File(join(folder, 'abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
  test.skipIf(process.env['OSDKIT_KEEP_SCRATCH'] === '1')('that is gone after the test', () => {
    expect(folder).not.toBe('');
    expect(existsSync(folder)).toBe(false);
  });
});
