/** Conditions on what the machine is: rules of Set Dynamic Variables (configmgr-formats 4.5). */
import type { Condition } from '../../model/index.ts';
import { expand } from '../variables/expand.ts';
import { allOf, anyOf, type Verdict } from '../verdict.ts';
import { matchWildcards } from '../wildcard.ts';
import { equalTexts } from './compare.ts';
import type { ConditionEnvironment, Finding } from './types.ts';

interface Asked {
  readonly name: string;
  /** The fact, or facts of which one is enough; undefined: not known. */
  readonly known: string | readonly string[] | undefined;
  readonly wanted: string;
  readonly matches: (known: string, wanted: string) => boolean;
}

/** One question; `why` gives the fact. */
function ask(asked: Asked, environment: ConditionEnvironment): Finding {
  const { name, known, matches } = asked;
  const wanted = expand(asked.wanted, environment.variable);
  const [missing] = wanted.unknown;
  if (missing) return { verdict: 'unknown', why: `%${missing.name}% is not known (${missing.why})` };
  if (known === undefined) return { verdict: 'unknown', why: `the facts do not say the ${name}` };
  const values = typeof known === 'string' ? [known] : known;
  const shown = values.map((value) => JSON.stringify(value)).join(', ') || 'missing';
  return { verdict: values.some((value) => matches(value, wanted.text)), why: `${name} is ${shown}` };
}

function join(findings: readonly Finding[], verdict: (verdicts: readonly Verdict[]) => Verdict, none: string): Finding {
  return {
    verdict: verdict(findings.map((finding) => finding.verdict)),
    why: findings.map(({ why }) => why).join('; ') || none,
  };
}

/** Hexadecimal digits only: MAC addresses and GUIDs have many spellings. */
const sameDigits = (a: string, b: string): boolean => digits(a) === digits(b) && digits(a) !== '';
const digits = (text: string): string => text.replace(/[^0-9A-Fa-f]/g, '').toUpperCase();

/** Any field that matches is enough; without fields nothing matches. */
export function computerPart(
  { assetTag, macAddress, serialNumber, uuid }: Extract<Condition, { kind: 'computer' }>,
  environment: ConditionEnvironment,
): Finding {
  const { facts } = environment;
  const macs = facts.macAddresses ?? facts.networkAdapters?.flatMap(({ mac }) => mac ?? []);
  const fields: Asked[] = [
    { name: 'asset tag', known: facts.assetTag, wanted: assetTag ?? '', matches: equalTexts },
    { name: 'MAC address', known: macs, wanted: macAddress ?? '', matches: sameDigits },
    { name: 'serial number', known: facts.serialNumber, wanted: serialNumber ?? '', matches: equalTexts },
    { name: 'SMBIOS GUID', known: facts.smbiosGuid, wanted: uuid ?? '', matches: sameDigits },
  ];
  const asked = fields.filter(({ wanted }) => wanted !== '');
  return join(
    asked.map((field) => ask(field, environment)),
    anyOf,
    'it asks for nothing',
  );
}

/** One of the machine's default gateways. */
export function locationPart(
  { defaultGateway }: Extract<Condition, { kind: 'location' }>,
  environment: ConditionEnvironment,
): Finding {
  const adapters = environment.facts.networkAdapters;
  const known = adapters?.every(({ gateways }) => gateways)
    ? adapters.flatMap(({ gateways }) => gateways ?? [])
    : undefined;
  return ask({ name: 'default gateway', known, wanted: defaultGateway, matches: equalTexts }, environment);
}

/** Both must match; a field that is not given matches everything. */
export function makeModelPart(
  { make, model }: Extract<Condition, { kind: 'makeModel' }>,
  environment: ConditionEnvironment,
): Finding {
  const { facts } = environment;
  const matches = (known: string, wanted: string): boolean => matchWildcards(wanted, known);
  const findings = [
    ...(make === undefined
      ? []
      : [ask({ name: 'make', known: facts.manufacturer, wanted: make, matches }, environment)]),
    ...(model === undefined ? [] : [ask({ name: 'model', known: facts.model, wanted: model, matches }, environment)]),
  ];
  return join(findings, allOf, 'it asks for nothing');
}
