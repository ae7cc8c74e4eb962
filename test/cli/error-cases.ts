/** Command lines that must fail, each with what a reader of the golden should look for. */

/** A command line; `title` becomes the heading in the golden. */
export interface ErrorCase {
  readonly title: string;
  readonly args: readonly string[];
  readonly exitCode: number;
}

const create = ['media', 'create', 'bootable'];
const fromImage = (title: string, image: string, exitCode: number, ...rest: string[]): ErrorCase => ({
  title,
  args: [...create, '--boot-image', image, '--output', 'new.iso', ...rest],
  exitCode,
});
const given = (title: string, exitCode: number, ...rest: string[]): ErrorCase =>
  fromImage(title, 'winpe.wim', exitCode, ...rest);
const onto = (title: string, output: string, ...rest: string[]): ErrorCase => ({
  title,
  args: [...create, '--boot-image', 'winpe.wim', '--output', output, ...rest],
  exitCode: 2,
});
const other = (title: string, exitCode: number, ...args: string[]): ErrorCase => ({ title, args, exitCode });

/** The boot image. */
const images: readonly ErrorCase[] = [
  fromImage('not a WIM', 'not-a-wim.wim', 3),
  fromImage('an empty file', 'empty.wim', 3),
  fromImage('a WIM that is not Windows PE', 'not-winpe.wim', 2),
  fromImage('solid', 'solid.wim', 3),
  fromImage('LZMS', 'lzms.wim', 3),
  fromImage('chunks of 128 KiB', 'large-chunks.wim', 3),
  fromImage('pipable', 'pipable.wim', 3),
  fromImage('a part of a split WIM', 'part.swm', 3),
  fromImage('a WIM cut off in its data', 'truncated.wim', 3),
  fromImage('a WIM cut off in its header', 'header-only.wim', 3),
  given('an index that is not there', 2, '--index', '3'),
  fromImage('several Windows PE, none bootable, no --index (IMG-08)', 'several.wim', 2),
  fromImage('another architecture than asked for', 'arm64.wim', 2, '--architecture', 'x64'),
  fromImage('XML data and programs disagree', 'disagree.wim', 2),
  fromImage('no boot image of that name (MEDIA-05)', 'absent.wim', 2),
  fromImage('a folder as boot image', 'folder', 2),
];

/** Boot files. */
const bootFiles: readonly ErrorCase[] = [
  fromImage('bootmgfw.efi is missing', 'no-bootmgfw.wim', 2),
  fromImage('boot.sdi is missing', 'no-boot-sdi.wim', 2),
  given('no loader of that CA', 2, '--signing-ca', '2023'),
  fromImage('bootmgr has 524,289 bytes', 'large-bootmgr.wim', 3),
  fromImage('bootmgr does not start with a jump', 'no-jump-bootmgr.wim', 3),
  fromImage('bootmgr went through UTF-8', 'mangled-bootmgr.wim', 3),
  fromImage('boot.sdi is damaged', 'damaged-sdi.wim', 3),
  given('--boot-files without boot files', 2, '--boot-files', 'media'),
  given('--boot-files is not there', 2, '--boot-files', 'absent'),
];

/** Outputs. */
const outputs: readonly ErrorCase[] = [
  onto('the output exists', 'old.iso'),
  onto('the output is the boot image, with --force', 'winpe.wim', '--force'),
  onto('the output is the boot image by another name, with --force', 'folder/../winpe.wim', '--force'),
  onto('the output is a hard link to the boot image, with --force', 'hard-link.wim', '--force'),
  onto('the output is a symbolic link to the boot image, with --force', 'link.wim', '--force'),
  onto('the output is the password file', 'password.txt', '--force', '--password-file', 'password.txt'),
  onto('the output is a folder, with --force', 'folder', '--force'),
  onto('the output is a device, with --force', '/dev/null', '--force'),
  onto('the output is a broken link, with --force', 'broken-link.iso', '--force'),
  onto('the folder of the output is not there', 'absent/new.iso'),
  onto('the folder of the output is a file', 'old.iso/new.iso', '--force'),
  other('an image file inside its own folder', 2, 'image', 'create-iso', 'media', '--output', 'media/new.iso'),
  other('an image file of no folder', 2, 'image', 'create-iso', 'absent', '--output', 'new.iso'),
  other('an image file of a file', 2, 'image', 'create-iso', 'old.iso', '--output', 'new.iso'),
  other('extracting over a file', 2, 'image', 'extract', 'winpe.wim', '--output', 'old.iso'),
];

/** Options. */
const options: readonly ErrorCase[] = [
  given('a label of 12 characters', 2, '--label', 'TWELVE-CHARS'),
  given('a label with a blank', 2, '--label', 'MY DISC'),
  given('a start date without zone', 2, '--start', '2026-12-01T00:00:00'),
  given('an expiry date that is none', 2, '--expires', '2026-02-30T00:00:00Z'),
  given('it expires before it starts', 2, '--start', '2026-12-02T00:00:00Z', '--expires', '2026-12-01T00:00:00Z'),
  given('an architecture that does not exist', 2, '--architecture', 'amd64'),
  given('an index that is no number', 2, '--index', 'one'),
  given('an unknown option', 2, '--bootimage', 'x'),
  given('an unknown option with a secret', 2, '--OSDJoinPassword=hunter2'),
  other('an option that is missing', 2, ...create, '--boot-image', 'winpe.wim'),
  other('an unknown command', 2, 'media', 'creat'),
  other('no argument', 2, 'media', 'verify'),
  other('one argument too many', 2, 'media', 'verify', 'old.iso', 'new.iso'),
];

/** Variables and secrets. */
const variables: readonly ErrorCase[] = [
  given('a password on the command line', 2, '--variable', 'OSDJoinPassword=hunter2-in-argv'),
  given('a variable without =', 2, '--variable', 'hunter2-alone'),
  given('a read-only variable (VAR-11)', 2, '--variable', '_SMSTSOrgName=hunter2'),
  given('a name that cannot be', 2, '--variable', '9 lives=hunter2'),
  given('one variable given twice', 2, '--variable', 'A=hunter2', '--variable', 'a=hunter2-too'),
  given('a read-only variable in the file (VAR-11)', 2, '--variables-file', 'reserved.yaml'),
  given('a variables file that is no YAML', 2, '--variables-file', 'broken.yaml'),
  given('a variables file that is a list', 2, '--variables-file', 'list.yaml'),
  given('a variables file with a wrong key', 2, '--variables-file', 'nested.yaml'),
  given('a variables file that is not there', 2, '--variables-file', 'absent.yaml'),
  given('a secret by its name without password', 2, '--variables-file', 'secret.yaml'),
  given('a marked secret without password', 2, '--variables-file', 'marked-secret.yaml'),
  given(
    'unattended with secrets (MEDIA-11)',
    2,
    '--unattended',
    '--variables-file',
    'secret.yaml',
    '--password-file',
    'password.txt',
  ),
  given('an empty password file', 2, '--variables-file', 'secret.yaml', '--password-file', 'empty-password.txt'),
  given('a password file that is not there', 2, '--password-file', 'absent.txt'),
];

/** Reading. */
const reading: readonly ErrorCase[] = [
  other('the wrong password', 2, 'media', 'inspect', 'sealed.iso', '--password-file', 'other-password.txt'),
  other('inspecting what is no medium', 3, 'media', 'inspect', 'winpe.wim'),
  other('inspecting an image file without media.json', 3, 'media', 'inspect', 'plain.iso'),
  other('verifying an empty file', 3, 'media', 'verify', 'empty.wim'),
  other('verifying half a medium', 3, 'media', 'verify', 'half.iso'),
  other('inspecting what is no image', 3, 'image', 'inspect', 'not-a-wim.wim'),
  other('inspecting half a WIM header', 3, 'image', 'inspect', 'header-only.wim'),
  other('listing a view that is not there', 2, 'image', 'list', 'plain.iso', '--view', 'rock-ridge'),
  other('listing without --index (IMG-08)', 2, 'image', 'list', 'several.wim'),
  other('listing an image that is not there', 2, 'image', 'list', 'several.wim', '--index', '3'),
  other('extracting a path that is not there', 2, 'image', 'extract', 'winpe.wim', 'Windows/none', '--output', 'out'),
  other('extracting from a solid WIM', 3, 'image', 'extract', 'solid.wim', '--output', 'out'),
  other('verifying a solid WIM', 3, 'image', 'verify', 'solid.wim'),
  other('verifying a WIM cut off in its data', 3, 'image', 'verify', 'truncated.wim'),
];

/** All cases by chapter of the golden. */
export const errorCases: Readonly<Record<string, readonly ErrorCase[]>> = {
  'The boot image': images,
  'Boot files': bootFiles,
  Outputs: outputs,
  Options: options,
  'Variables and secrets': variables,
  Reading: reading,
};
