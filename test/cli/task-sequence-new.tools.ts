/** The questions of the wizard at a terminal: they make the same sequence as options and answers files do. */
import { spawn } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { describeWithTools, scratch } from '../support/tools.ts';
import { commandFile } from './command.ts';
import { ANSWERS, COMPANY, OPTIONS, opened, siteFolder } from './new-sequences.ts';
import { osdkitInProcess } from './in-process.ts';

const down = '\u001b[B';

/** What appears, and what is typed then; each is looked for behind the one before. */
type Dialogue = readonly (readonly [string, string])[];

describeWithTools(['script'], 'task-sequence new at a terminal', (tools) => {
  const folder = scratch();
  beforeAll(async () => siteFolder(join(folder, 'site')));

  /** The exit code, everything that the terminal got, and how many of the answers were asked for. */
  async function answered(words: string, dialogue: Dialogue) {
    const command = `'${process.execPath}' '${commandFile}' task-sequence new ${words}`;
    const child = spawn(tools.path('script'), ['-qec', `stty cols 200 rows 50; ${command}`, '/dev/null'], {
      cwd: folder,
    });
    let output = '';
    let seen = 0;
    let next = 0;
    child.stdout.on('data', (bytes: Buffer) => {
      output += bytes.toString('utf8');
      for (let step = dialogue[next]; step; step = dialogue[next]) {
        const at = output.indexOf(step[0], seen);
        if (at < 0) return;
        seen = at + step[0].length;
        next++;
        child.stdin.write(step[1]);
      }
    });
    const code = await new Promise<number | null>((resolve) => {
      child.once('close', resolve);
    });
    return { code, output, asked: next };
  }

  test('TPL-01, TPL-08, TPL-20 to TPL-36: prompts, options and an answers file give the same sequence', async () => {
    const dialogue: Dialogue = [
      ['Task sequence name', 'Windows 11\r'],
      ['Description', 'For the office\r'],
      ['Boot image', '\r'],
      ['Operating system image', '\r'],
      ['Index of the image', '1\r'],
      ['Partition and format', '\r'],
      ['Number of the disk', '\r'],
      ['Product key', 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE\r'],
      ['Licensing of a server', '\r'],
      ['Local administrator', `${down}${down}\r`],
      ['Password of the local administrator', 'local secret\r'],
      ['Computer name', '\r'],
      ['Registered user', '\r'],
      ['Registered organization', 'Contoso\r'],
      ['Time zone', 'UTC\r'],
      ['Package with an answer file', '\r'],
      ['Disk to install to', '\r'],
      ['Join a workgroup or a domain', `${down}\r`],
      ['Configure Network: Domain', 'corp.contoso.com\r'],
      ['Organizational unit', '\r'],
      ['Account with rights in the domain', 'CORP\\joiner\r'],
      ['Password of that account', 'join secret\r'],
      ['Package of the ConfigMgr client', '\r'],
      ['Installation properties', '\r'],
      ['Capture user settings', `${down}\r`],
      ['Package of USMT', `${down}\r`],
      ['Configuration file of USMT', 'MigUser.xml; Ours.xml\r'],
      ['Capture network settings', '\r'],
      ['domain or workgroup', '\r'],
      ['settings of the adapters', '\r'],
      ['Capture Microsoft Windows settings', 'n'],
      ['Only drivers of this category', '\r'],
      ['Driver package', '\r'],
      ['Software updates', `${down}${down}\r`],
      ['Application to install', ` ${down} \r`],
      ['Go on with the next application', 'y'],
      ['What the user reads', '\r'],
      ['Seconds for which', '60\r'],
      ['Skip drivers and updates', '\r'],
    ];
    const { code, output, asked } = await answered('install --site site', dialogue);
    expect({ code, asked }, output).toEqual({ code: 0, asked: dialogue.length });
    expect(output).not.toMatch(/local secret|join secret/);
    const prompted = await opened(join(folder, 'site'), 'Windows 11');

    for (const [name, words] of [
      ['options', OPTIONS],
      ['yaml', ['--answers', join(folder, 'answers.yaml')]],
      ['json', ['--answers', join(folder, 'answers.json')]],
    ] as const) {
      const site = join(folder, name);
      await siteFolder(site);
      writeFileSync(join(folder, 'answers.yaml'), COMPANY);
      writeFileSync(join(folder, 'answers.json'), JSON.stringify(ANSWERS));
      writeFileSync(join(folder, 'local.txt'), 'local secret\n');
      writeFileSync(join(folder, 'join.txt'), 'join secret\n');
      const files = words.map((word) => (/^(local|join)\.txt$/.test(word) ? join(folder, word) : word));
      const made = await osdkitInProcess(['task-sequence', 'new', 'install', '--site', site, ...files]);
      expect(made.code, made.stderr).toBe(0);
      expect(await opened(site, 'Windows 11'), name).toEqual(prompted);
    }
  });

  test('TPL-102, TPL-103: the upgrade package is shown with what it is, and its editions to choose from', async () => {
    const { code, output, asked } = await answered('upgrade --site site --ask --name Upgrade', [
      ['Description', '\r'],
      ['Product key', '\r'],
      ['Setup, 24H2, x64, 1033', '\r'],
      ['x86 clients', '\r'],
      ['3 Enterprise', ''],
      ['5 Professional', '\u0003'],
    ]);
    expect({ code, asked }, output).toEqual({ code: 130, asked: 6 });
  });

  test('a wrong answer is asked again; an option that is given is not asked; Ctrl+C writes nothing and ends with 130', async () => {
    const again = await answered('custom --site site --ask --description x', [
      ['Task sequence name', '\r'],
      ['needs an answer', 'Tools\r'],
      ['Boot image', `${down}\r`],
    ]);
    expect(again.code, again.output).toBe(0);
    expect(again.output).not.toContain('Description');
    const text = readFileSync(join(folder, 'site', 'task-sequences', 'tools.yaml'), 'utf8');
    expect(text).toContain('bootImage: pe-x64');
    cpSync(join(folder, 'site'), join(folder, 'stopped'), { recursive: true });
    const stopped = await answered('custom --site stopped', [['Task sequence name', '\u0003']]);
    expect(stopped.code).toBe(130);
    const files = (site: string) => readdirSync(join(folder, site, 'task-sequences')).sort();
    expect(files('stopped')).toEqual(files('site'));
  });
});
