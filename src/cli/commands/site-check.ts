/** `osdkit site check`. */
import { exitCode } from '../../core/index.ts';
import { siteCheck, type SiteCheck } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { siteProblemText } from '../error-text.ts';
import { counted, formatBytes } from '../quantities.ts';

export const siteCheckCommand = defineCommand({
  useCase: siteCheck,
  declare: (command) => command.option('--site <dir>', 'folder of the site (default: .)'),
  input: (_, { site }) => ({ site }),
  examples: [
    ['osdkit site check', 'the site in this folder; exit code 2 when it has errors'],
    ['osdkit site check --site contoso --json', 'the same for programs: file, line, column, code of each'],
  ],
  render,
  exitCode: ({ errors }) => (errors > 0 ? exitCode.input : exitCode.done),
});

const shownContents = 20;

function render({ site, name, siteCode, objects, errors, warnings, problems, missingContent }: SiteCheck): string {
  const counts = Object.entries(objects).map(([kind, count]) => counted(count, inWords(kind)));
  return [
    ...problems.map(siteProblemText),
    ...missingContent
      .slice(0, shownContents)
      .map(
        ({ file, sha256, size }) =>
          `${file}: its content is not in the library here (${formatBytes(size)}, SHA-256 ${sha256})`,
      ),
    ...(missingContent.length > shownContents ? [`and ${missingContent.length - shownContents} more contents`] : []),
    `${site}: ${name === '' ? 'site' : name}${siteCode === '' ? '' : ` (${siteCode})`}: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}${counts.length === 0 ? '' : `; ${counts.join(', ')}`}`,
  ].join('\n');
}

/** `bootImage` as `boot image`. */
function inWords(kind: string): string {
  return kind.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
