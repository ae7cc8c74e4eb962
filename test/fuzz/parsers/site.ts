/** Mutations of what people and programs write into a site: its YAML files, lists of computers, answers, facts, queries. */
import { utf8Text } from '../../../src/app/utf8-text.ts';
import { FormatError, type Problem } from '../../../src/core/index.ts';
import {
  addToDevicesCsv,
  createSiteLoader,
  type LoadedSite,
  loadSite,
  membersOf,
  parseDevicesCsv,
  readYaml,
  type SiteFile,
} from '../../../src/site/index.ts';
import { evaluateWql, parseFacts, parseWql, WQL_CLASSES } from '../../../src/sequence/index.ts';
import { makeTemplate, type TemplateKind } from '../../../src/templates/index.ts';
import { fuzzSite, listSite } from '../seeds/site-files.ts';
import type { Parser } from '../parser.ts';

const base: readonly SiteFile[] = Object.entries(fuzzSite).map(([path, text]) => ({ path, text }));
const listBase: readonly SiteFile[] = Object.entries(listSite).map(([path, text]) => ({ path, text }));
const loader = createSiteLoader();
const listLoader = createSiteLoader();
const { site } = loadSite(base);

/** Commands refuse what is not UTF-8; the readers behind must live with any text. */
const textOf = (bytes: Uint8Array): string => utf8Text(bytes) ?? new TextDecoder().decode(bytes);

/** The first error as what a reader throws: problems are the loader's way to say it. */
function refuse(problems: readonly (Problem & { readonly line?: number; readonly column?: number })[]): void {
  for (const { message, line = 1, column = 1 } of problems) {
    if (message === '' || message.length > 5000) throw new Error(`a message of ${message.length} characters`);
    if (!(Number.isInteger(line) && line >= 1 && Number.isInteger(column) && column >= 1)) {
      throw new Error(`${message}: line ${line}, column ${column}`);
    }
  }
  const error = problems.find(({ severity }) => severity === 'error');
  if (error) throw new FormatError(error.code, error.message);
}

function membersOfAll({ site: loaded, problems }: LoadedSite): void {
  if (problems.some(({ code }) => code === 'SITE_CYCLE')) return;
  for (const collection of loaded.all('collection')) membersOf(loaded, collection);
}

export const siteParsers: readonly Parser[] = [
  {
    // A loader that goes on, as a service has it: every mutation is a change of one file.
    name: 'site-yaml',
    text: true,
    exercise(bytes, { path }) {
      const changed = { path: String(path), text: textOf(bytes) };
      const loaded = loader.load([...base.filter((file) => file.path !== changed.path), changed]);
      membersOfAll(loaded);
      refuse(loaded.problems);
    },
  },
  {
    name: 'devices-csv',
    text: true,
    exercise(bytes) {
      const text = textOf(bytes);
      const { devices, problems } = parseDevicesCsv(text);
      const loaded = listLoader.load([...listBase, { path: 'devices.csv', text }]);
      membersOfAll(loaded);
      refuse(loaded.problems);
      if (problems.length > 0) return;
      const name = 'new, "one"';
      const after = parseDevicesCsv(addToDevicesCsv(text, [{ name, macAddresses: ['02:00:00:00:00:01'] }]));
      const last = after.devices.at(-1);
      if (after.devices.length !== devices.length + 1 || last?.value?.name !== name) throw new Error('not added');
    },
  },
  {
    name: 'answers',
    text: true,
    exercise(bytes, { kind }) {
      const { value, problems } = readYaml(textOf(bytes));
      refuse(problems.map((problem) => ({ severity: 'error', ...problem })));
      // The command refuses what is no mapping.
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
      refuse(makeTemplate(kind as TemplateKind, value as Record<string, unknown>, site).problems);
    },
  },
  {
    name: 'machine-facts',
    text: true,
    inputCodes: ['SEQUENCE_FACTS'],
    exercise(bytes) {
      let data: unknown;
      try {
        data = JSON.parse(textOf(bytes));
      } catch (error) {
        throw new FormatError('FUZZ_JSON', String(error));
      }
      const facts = parseFacts(data);
      for (const { name } of WQL_CLASSES) {
        evaluateWql(parseWql(`SELECT * FROM ${name} WHERE Name LIKE '%a%' OR Size > 5`), facts);
      }
    },
  },
  {
    name: 'wql',
    text: true,
    inputCodes: ['SEQUENCE_WQL_SYNTAX'],
    exercise(bytes) {
      evaluateWql(parseWql(textOf(bytes)), { name: 'PC1', memory: 4096 });
    },
  },
];
