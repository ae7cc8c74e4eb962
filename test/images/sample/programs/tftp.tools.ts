/** The TFTP client of the BIOS stand-in, on the host under AddressSanitizer: windows, loss, the end of numbers, hostile servers. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { requireTool, run, scratch } from '../../../support/tools.ts';

const SOURCES = fileURLToPath(new URL('../../../../images/sample/programs/', import.meta.url));
const HOST = fileURLToPath(new URL('host-tftp.c', import.meta.url));
const SANITIZE = ['-fsanitize=address,undefined', '-fno-sanitize-recover', '-fsanitize-trap=undefined'];

describe('tftp.c', () => {
  requireTool('clang-14');
  const program = join(scratch(), 'host-tftp');
  const host = async (...args: readonly (string | number)[]): Promise<string> => {
    const env = { ASAN_OPTIONS: 'detect_leaks=0' };
    return (await run(program, args.map(String), { env, timeout: 60_000 })).stdout.trim();
  };
  beforeAll(async () => {
    const flags = ['-fshort-wchar', '-std=gnu11', '-g', '-O1', ...SANITIZE, '-I', SOURCES];
    await run('clang-14', [...flags, '-c', '-o', `${program}.o`, HOST]);
    // GCC's libasan, as in host-program.ts.
    await run('clang-14', ['-o', program, `${program}.o`, '-lasan']);
  });

  test.for([
    [0, 1456, 0, 'equal 0 bytes, 2 acknowledgements, widest window 1'],
    [1455, 1456, 0, 'equal 1455 bytes, 2 acknowledgements, widest window 1'],
    [1456, 1456, 0, 'equal 1456 bytes, 3 acknowledgements, widest window 1'],
    // 10 blocks and the empty one that ends them: windows of 4, 4 and 3
    [14_560, 1456, 4, 'equal 14560 bytes, 4 acknowledgements, widest window 4'],
    // Block numbers start again behind 65535.
    [40_000_000, 512, 16, 'equal 40000000 bytes, 4884 acknowledgements, widest window 16'],
  ] as const)('%i bytes in blocks of %i, window %i', async ([size, block, window, line]) => {
    expect(await host('read', size, block, window, 0, 0)).toBe(line);
  });

  test('the window that each acknowledgement sets grows', async () => {
    expect(await host('read', 2_000_000, 1456, 4, 1, 0)).toMatch(/^equal 2000000 bytes, \d+ .* window 5\d$/);
  });

  // None divides the 8 packets of a window or the 7 of the last one: the same would be lost for ever.
  test.for([3, 11, 50])('every %i-th packet lost: the server repeats, the file is whole', async (lose) => {
    expect(await host('read', 300_000, 1456, 8, 0, lose)).toMatch(/^equal 300000 bytes/);
  });

  test('20,000 reads from servers whose answers are mutated end without a finding', async () => {
    expect(await host('fuzz', 1, 20_000)).toMatch(/^\d+ whole, \d+ refused$/);
  });
});
