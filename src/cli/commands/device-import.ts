/** `osdkit device import`. */
import { deviceImport } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { counted } from '../quantities.ts';
import { changeLines } from '../render-changes.ts';

export const deviceImportCommand = defineCommand({
  useCase: deviceImport,
  declare: (command) =>
    command
      .argument(
        '<computers.csv>',
        "ConfigMgr's form: name,SMBIOS GUID,MAC address; or a first line that names the columns",
      )
      .option('--site <dir>', 'folder of the site (default: .)')
      .option('--as <form>', 'csv: lines of devices.csv; files: one file a computer (default: csv)')
      .option('--skip-duplicates', 'leave out computers whose name, MAC address or GUID is known (default: refuse all)')
      .option('--plan', 'show what would be written and write nothing'),
  input: ([file], { site, as, skipDuplicates, plan }) => ({ file, site, as, skipDuplicates, plan }),
  examples: [
    ['osdkit device import computers.csv --site contoso --plan', 'what would be written, as a diff'],
    ['osdkit device import computers.csv --as files', 'one YAML file a computer, in devices/'],
  ],
  render: (result) =>
    [
      ...changeLines(result),
      ...result.duplicates.map(
        ({ line, name, same, value, as }) => `line ${line}: ${name} left out: the ${same} ${value} is that of ${as}`,
      ),
      `${counted(result.imported.length, 'computer')} ${result.planned ? 'would be imported' : 'imported'}`,
    ].join('\n'),
});
