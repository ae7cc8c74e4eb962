/** Packages with programs, applications, sets of software updates (SITE-01, SITE-13, SITE-14). */
import * as z from 'zod';
import {
  architecture,
  choice,
  content,
  contentObject,
  type DeepReadonly,
  language,
  optional,
  reference,
  text,
  textLike,
  whole,
  yesNo,
} from './fields.ts';

const program = z.strictObject({
  name: text('Name of the program; case counts when a step names it', { max: 127 }),
  description: optional(text('Description', { min: 0 })),
  commandLine: text('Command line', { max: 1024 }),
  startIn: optional(text('Folder to start in', { max: 1024 })),
  window: optional(choice(['normal', 'minimized', 'maximized', 'hidden'], 'How its window is shown')),
  afterRunning: optional(choice(['nothing', 'restart', 'programRestarts', 'logOff'], 'What follows the program')),
  maximumRunTime: optional(whole('Minutes; 0 is 720', 0, 1440)),
  diskSpace: optional(whole('Estimated disk space in megabytes', 0, 2 ** 31)),
  canRun: optional(
    choice(['userLoggedOn', 'always', 'noUser'], 'When it can run (only `always` runs in a task sequence)'),
  ),
  administrator: optional(yesNo('Runs with administrative rights')),
  userInput: optional(yesNo('Lets users interact')),
  inTaskSequence: optional(yesNo('Install Package may run it without a deployment of its own')),
  runFirst: optional(z.strictObject({ package: reference('Package'), program: text('Program', { max: 127 }) })),
  enabled: optional(yesNo('Default true')),
});

export const packageObject = z.strictObject({
  ...contentObject,
  architecture: optional(architecture('Label for pre-cache')),
  language: optional(language),
  programs: optional(z.array(program, { error: 'a list of programs' })),
});
export type Package = DeepReadonly<z.output<typeof packageObject>>;

const deploymentType = z.strictObject({
  name: text('Name'),
  technology: choice(['windowsInstaller', 'script', 'appx', 'other'], 'Kind of installation'),
  install: text('Install command line', { max: 1024 }),
  uninstall: optional(text('Uninstall command line (SITE-14)', { max: 1024 })),
  productCode: optional(
    textLike(
      /^\{[0-9A-Fa-f-]{36}\}$/,
      'a product code such as {01234567-89AB-CDEF-0123-456789ABCDEF}',
      'MSI product code',
    ),
  ),
  content: optional(content),
  successCodes: optional(z.array(whole('Exit code', 0, 2 ** 32 - 1), { error: 'a list of exit codes' })),
});

export const application = z.strictObject({
  ...contentObject,
  revision: optional(whole('Revision', 1, 2 ** 31)),
  deploymentTypes: optional(z.array(deploymentType, { error: 'a list of deployment types' })),
  dependencies: optional(
    z.array(reference('Application that must be there first'), { error: 'a list of applications' }),
  ),
  inTaskSequence: optional(yesNo('Install Application may install it without a deployment of its own')),
});
export type Application = DeepReadonly<z.output<typeof application>>;

export const softwareUpdateSet = z.strictObject({
  ...contentObject,
  updates: optional(
    z.array(
      z.strictObject({
        article: textLike(/^(KB)?[0-9]+$/, 'an article number such as KB5034441', 'Article'),
        title: optional(text('Title')),
        file: optional(text('File in the content')),
        required: optional(yesNo('Required, not only available')),
      }),
      { error: 'a list of updates' },
    ),
  ),
  collections: optional(
    z.array(reference('Collection that the updates are targeted at (UPD-02)'), { error: 'a list of collections' }),
  ),
});
export type SoftwareUpdateSet = DeepReadonly<z.output<typeof softwareUpdateSet>>;
