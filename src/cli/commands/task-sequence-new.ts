/** `osdkit task-sequence new KIND`: one command a kind, its options made from the questions of the wizard. */
import { Option } from 'commander';
import {
  type NewSequence,
  taskSequenceNew,
  type TemplateKind,
  templateOffer,
  templateQuestions,
  type TemplateQuestion,
} from '../../app/index.ts';
import { InputError, operationContext } from '../../core/index.ts';
import { cliCode } from '../codes.ts';
import { type AnyCommand, defineCommand } from '../command.ts';
import { interview } from '../interview.ts';
import { collect } from '../option-values.ts';
import { table } from '../table.ts';

type Options = Readonly<Record<string, unknown>>;

interface Input {
  readonly site?: string;
  readonly answers: Options;
  readonly answersFile?: string;
  readonly passwordFiles: Readonly<Record<string, string>>;
  readonly into?: string;
  /** Questions that have no answer are asked. */
  readonly isAsked: boolean;
  /** `--ask` was given. */
  readonly mustAsk: boolean;
}

/** The command of a kind. */
export function taskSequenceNewCommand(kind: TemplateKind): AnyCommand {
  const questions = templateQuestions(kind);
  return defineCommand({
    useCase: taskSequenceNew(kind),
    declare(command) {
      command.option('--site <dir>', 'folder of the site (default: .)');
      if (kind === 'user-state') {
        command
          .option('--into <sequence>', 'put the steps into this sequence, by name or id, in place of a new one')
          .option('--part <part>', 'capture, restore or both (default: both)')
          .option('--before <item>', 'place of the capture: before this step or group, by name or place such as 2.1')
          .option('--after <item>', 'place of the restore: after this step or group');
      }
      command
        .option('--folder <folder>', 'folder below task-sequences')
        .option('--answers <file>', 'answers as YAML or JSON, by the names of the options in camelCase')
        .option('--ask', 'ask every question that has no answer (default: when none is given)');
      for (const question of questions) for (const option of optionsOf(question)) command.addOption(option);
      return command.option('--plan', 'show the file and write nothing');
    },
    input: (_, options) => inputOf(questions, options),
    async complete(input, ask) {
      const { isAsked, mustAsk, ...given } = input as Input;
      if (mustAsk && !ask) {
        throw new InputError(cliCode.CLI_USAGE, '--ask needs a terminal, and goes without --json', {
          hint: 'Give the answers as options, or in a file with --answers.',
        });
      }
      if (!ask || !isAsked) return given;
      const { site = '.', answers, into } = given;
      const offer = await templateOffer(site, operationContext());
      const open = into === undefined ? questions : questions.filter(({ page }) => page !== INFORMATION);
      const answered = await interview(open, answers, { ask, offer });
      return { ...given, answers: answered };
    },
    examples: EXAMPLES[kind].map(
      ([words, what]) => [`osdkit task-sequence new ${kind} ${words}`.trimEnd(), what] as const,
    ),
    render,
  });
}

const INFORMATION = 'Task Sequence Information';

function optionsOf({
  option,
  title,
  form,
  default: standard,
  otherwise,
  choices,
  isRequired,
}: TemplateQuestion): Option[] {
  const notes = [
    ...(choices ? [choices.join(', ')] : []),
    ...(isRequired ? ['required'] : []),
    ...(standard === undefined || form === 'flag' ? [] : [`default: ${String(standard)}`]),
    ...(otherwise === undefined ? [] : [`default: ${otherwise}`]),
  ];
  const text = notes.length === 0 ? title : `${title} (${notes.join('; ')})`;
  switch (form) {
    case 'flag': {
      const yes = new Option(`--${option}`, text);
      if (standard === false) return [yes];
      const no = new Option(`--no-${option}`, `${standard === true ? 'leave out' : 'not'}: ${title}`);
      // Both are there where the site decides, so that either can be said.
      return standard === true ? [no] : [yes, no];
    }
    case 'secret':
      return [
        new Option(`--${option} <file>`, `${title}: file with it in its first line${isRequired ? ' (required)' : ''}`),
      ];
    case 'number':
      return [new Option(`--${option} <n>`, text)];
    case 'list':
    case 'references':
      return [
        new Option(`--${option} <${form === 'list' ? 'text' : 'name'}>`, `${text}; may be repeated`).argParser(collect),
      ];
    default:
      return [
        new Option(`--${option} <${form === 'reference' ? 'name' : form === 'choice' ? 'choice' : 'text'}>`, text),
      ];
  }
}

/** Answers by question: what commander calls `application` answers `applications`. */
function inputOf(questions: readonly TemplateQuestion[], options: Options): Input {
  const { site, folder, plan, into, part, before, after, answers: answersFile } = options;
  const answers: Record<string, unknown> = {};
  const passwordFiles: Record<string, string> = {};
  for (const { name, option, form, default: standard } of questions) {
    const value = options[option.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())];
    // `--no-x` alone makes commander say true where nothing was said.
    if (value === undefined || (form === 'flag' && standard === true && value === true)) continue;
    if (form === 'secret' && typeof value === 'string') passwordFiles[name] = value;
    else answers[name] = value;
  }
  const isOpen = answersFile === undefined && Object.keys(answers).length + Object.keys(passwordFiles).length === 0;
  return {
    ...defined({ site, folder, plan, into, part, before, after, answersFile }),
    answers,
    passwordFiles,
    mustAsk: options['ask'] === true,
    isAsked: options['ask'] === true || (isOpen && into === undefined),
  };
}

function defined(options: Options): Options {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

const EXAMPLES: Readonly<Record<TemplateKind, readonly (readonly [string, string])[]>> = {
  install: [
    ['', 'at a terminal: asks the questions of the wizard'],
    [
      '--name "Windows 11" --boot-image pe-x64 --image "Windows 11" --plan',
      'shows the file of a sequence with all defaults',
    ],
    ['--answers windows-11.yaml', 'the same from a file: `name: Windows 11`, one question a line'],
  ],
  'build-and-capture': [
    [
      '--name Reference --boot-image pe-x64 --image "Windows 11" --capture-path "\\\\files\\images\\ref.wim" ' +
        '--capture-account CONTOSO\\capture --capture-password-file pw.txt',
      'builds a reference computer and captures it',
    ],
  ],
  capture: [['--answers capture.yaml', 'captures a computer that was set up by hand']],
  upgrade: [
    ['--name "To Windows 11" --upgrade-package "Windows 11 Setup" --assessment', 'looks first, then upgrades in place'],
  ],
  'user-state': [
    ['--into "Windows 11"', 'puts capture and restore where they belong in that sequence'],
    ['--into "Windows 11" --part restore --after "Install Applications"', 'only the restore, at this place'],
    ['--name "User State"', 'a sequence of its own'],
  ],
  'virtual-hard-disk': [['--name VHD --boot-image pe-x64 --image "Windows 11"', 'installs into a virtual hard disk']],
  custom: [['--name Tools --boot-image pe-x64', 'a sequence without a step; `task-sequence edit` adds them']],
  'non-os': [['--name "Nightly software"', 'runs under the operating system that is there']],
};

function render({ planned, action, file, text, diff, name, id, groups, steps, notes, warnings }: NewSequence): string {
  const told = [...notes, ...warnings.map((warning) => `warning: ${warning}`)];
  const head = planned
    ? [`Plan (nothing was written): ${file}`, '', action === 'create' ? text.trimEnd() : diff]
    : [
        action === 'create' ? `The task sequence ${name} is made` : `User state is in the task sequence ${name}`,
        ...table([
          ['Id', id],
          ['File', file],
          ['Has', `${steps} steps in ${groups} groups`],
        ]),
      ];
  return [...head, ...(told.length === 0 ? [] : ['', ...told.map((line) => `  ${line}`)])].join('\n');
}
