/** sfdisk and sgdisk judge what we write; tables that they made are read by us. */
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openFile } from '../../../images/bytes/index.ts';
import { partitionType, readPartitionTable, writeGpt, writeMbr } from '../../../images/partition/index.ts';
import { requireTool, run, scratch } from '../../support/tools.ts';
import { DISK_GUID, gptPartition, mediumFile, stick } from './media.ts';

requireTool('sfdisk', 'sgdisk');

const SECTORS = 600_000;

async function readFile(path: string) {
  await using source = await openFile(path);
  return await readPartitionTable(source);
}

describe('what we write', () => {
  test('sfdisk finds the MBR sound and reads it as meant', async () => {
    const image = join(scratch(), 'mbr.img');
    const partitions = [stick(500_000), { active: false, type: 0x07, firstSector: 502_048, sectors: 90_000 }];
    mediumFile(image, SECTORS, [writeMbr({ diskSignature: 0xcafe_0123, partitions })]);
    const verify = await run('sfdisk', ['--verify', image]);
    expect(verify.stderr).toBe('');
    const { stdout } = await run('sfdisk', ['-d', image]);
    expect(stdout).toContain('label: dos');
    expect(stdout).toContain('label-id: 0xcafe0123');
    expect(stdout).toMatch(/1 : start= +2048, size= +500000, type=c, bootable/);
    expect(stdout).toMatch(/2 : start= +502048, size= +90000, type=7\n/);
    const json = JSON.parse((await run('sfdisk', ['--json', image])).stdout) as {
      partitiontable: { partitions: unknown[] };
    };
    expect(json.partitiontable.partitions).toHaveLength(2);
  });

  test('sgdisk and sfdisk find the GPT sound and read it as meant', async () => {
    const image = join(scratch(), 'gpt.img');
    const esp = {
      ...gptPartition(2, 502_048, 90_016, 'Größe 日本'),
      type: partitionType.efiSystem,
      attributes: 1n << 60n,
    };
    mediumFile(
      image,
      SECTORS,
      writeGpt({ diskGuid: DISK_GUID, sectors: SECTORS, partitions: [gptPartition(1, 2048, 500_000), esp] }),
    );
    const verify = await run('sgdisk', ['--verify', image]);
    expect(verify.stdout).toContain('No problems found');
    expect(verify.stdout + verify.stderr).not.toMatch(/caution|warning|error/i);
    expect((await run('sfdisk', ['--verify', image])).stderr).toBe('');
    const { stdout } = await run('sgdisk', ['-i', '2', image]);
    expect(stdout).toContain('Partition GUID code: C12A7328-F81F-11D2-BA4B-00A0C93EC93B');
    expect(stdout).toContain(`Partition unique GUID: ${esp.id.toUpperCase()}`);
    expect(stdout).toContain('First sector: 502048');
    expect(stdout).toContain('Last sector: 592063');
    expect(stdout).toContain('Attribute flags: 1000000000000000');
    expect(stdout).toContain("Partition name: 'Größe 日本'");
    const dump = await run('sfdisk', ['-d', image]);
    expect(dump.stdout).toContain(`label-id: ${DISK_GUID.toUpperCase()}`);
  });

  test('128 partitions and the smallest medium', async () => {
    const folder = scratch();
    const many = Array.from({ length: 128 }, (_, i) => gptPartition(i, 2048 + 2048 * i, 2048));
    mediumFile(join(folder, 'many'), SECTORS, writeGpt({ diskGuid: DISK_GUID, sectors: SECTORS, partitions: many }));
    mediumFile(
      join(folder, 'small'),
      68,
      writeGpt({ diskGuid: DISK_GUID, sectors: 68, partitions: [gptPartition(1, 34, 1)] }),
    );
    for (const name of ['many', 'small']) {
      expect((await run('sgdisk', ['--verify', join(folder, name)])).stdout).toContain('No problems found');
    }
  });

  test('a GPT grown to a larger stick: sgdisk and we say the same', async () => {
    const image = join(scratch(), 'grown.img');
    mediumFile(
      image,
      SECTORS,
      writeGpt({ diskGuid: DISK_GUID, sectors: SECTORS, partitions: [gptPartition(1, 2048, 1000)] }),
    );
    truncateSync(image, (SECTORS + 100_000) * 512);
    const table = await readFile(image);
    expect(table).toMatchObject({ kind: 'gpt', problems: [{ code: 'PARTITION_GPT_BACKUP', severity: 'warning' }] });
    expect((await run('sgdisk', ['--verify', image])).stdout).toMatch(/secondary header|end of the disk/i);
    await run('sgdisk', ['-e', image]);
    expect((await readFile(image)).problems).toEqual([]);
  });
});

describe('what sfdisk and sgdisk write', () => {
  const empty = () => {
    const image = join(scratch(), 'disk.img');
    writeFileSync(image, '');
    truncateSync(image, SECTORS * 512);
    return image;
  };

  test('an MBR with logical partitions', async () => {
    const image = empty();
    const script = [
      'label: dos',
      'label-id: 0xdeadbeef',
      '2048,100000,c,*',
      '104448,300000,f',
      '106496,50000,83',
      '158720,60000,7',
      '',
    ];
    await run('sfdisk', [image], { input: script.join('\n') });
    const table = await readFile(image);
    expect(table).toEqual({
      kind: 'mbr',
      diskSignature: 0xdead_beef,
      problems: [],
      partitions: [
        { active: true, type: 0x0c, firstSector: 2048, sectors: 100_000 },
        { active: false, type: 0x0f, firstSector: 104_448, sectors: 300_000 },
        { active: false, type: 0x83, firstSector: 106_496, sectors: 50_000 },
        { active: false, type: 0x07, firstSector: 158_720, sectors: 60_000 },
      ],
    });
  });

  test('a GPT by sgdisk', async () => {
    const image = empty();
    const id = '11111111-2222-4333-8444-555555555555';
    await run('sgdisk', [
      '-U',
      DISK_GUID,
      '-n',
      '1:2048:100000',
      '-t',
      '1:ef00',
      '-c',
      '1:EFI system',
      '-n',
      '5:198656:300000',
      '-u',
      `5:${id}`,
      '-A',
      '5:set:63',
      image,
    ]);
    const table = await readFile(image);
    expect(table).toMatchObject({
      kind: 'gpt',
      diskGuid: DISK_GUID,
      from: 'primary',
      problems: [],
      partitions: [
        { type: partitionType.efiSystem, firstSector: 2048, sectors: 97_953, name: 'EFI system', attributes: 0n },
        { id, firstSector: 198_656, sectors: 101_345, attributes: 1n << 63n },
      ],
    });
  });

  test('a GPT by sfdisk with another number of entries', async () => {
    const image = empty();
    await run('sfdisk', [image], {
      input: 'label: gpt\ntable-length: 248\nstart=4096, size=8192, type=U, attrs=LegacyBIOSBootable\n',
    });
    const table = await readFile(image);
    expect(table).toMatchObject({
      kind: 'gpt',
      problems: [],
      partitions: [{ firstSector: 4096, sectors: 8192, attributes: 4n }],
    });
  });

  test('a hybrid MBR by sgdisk is named as fatal', async () => {
    const image = empty();
    await run('sgdisk', ['-n', '1:2048:100000', '-t', '1:0700', '-h', '1', image]);
    const table = await readFile(image);
    expect(table.kind).toBe('gpt');
    expect(table.problems.filter(({ code }) => code === 'PARTITION_HYBRID_MBR')).not.toEqual([]);
  });
});
