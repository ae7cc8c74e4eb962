/** Members by a rule on facts and on the variables of the record. */
import { normalMac, type Site, siteVariables } from '../model/index.ts';
import { evaluateAll, type MachineFacts, type VariableLookup, type Verdict } from '../sequence/index.ts';
import type { DeviceObject, FactsOf } from './members.ts';
import { parseConditions } from './rule-conditions.ts';

/** Adds the devices that fulfil a rule; those that it cannot decide for lack of facts to `undecided`. */
export function addByRule(
  site: Site,
  condition: readonly unknown[],
  facts: FactsOf | undefined,
  devices: Set<DeviceObject>,
  undecided: Set<DeviceObject>,
): void {
  for (const device of site.all('device')) {
    if (device.builtIn || devices.has(device)) continue;
    const verdict = ruleVerdict(condition, device, facts?.(device));
    if (verdict === true) devices.add(device);
    else if (verdict === 'unknown') undecided.add(device);
  }
}

/** Whether a device fulfils a rule; `facts` are laid over its record. */
export function ruleVerdict(condition: readonly unknown[], device: DeviceObject, facts?: MachineFacts): Verdict {
  const { conditions } = parseConditions(condition);
  return evaluateAll(conditions, { facts: { ...recorded(device), ...facts }, variable: variablesOf(device) }).verdict;
}

/** What the record of a device says as facts. */
function recorded({ value }: DeviceObject): MachineFacts {
  const { name, macAddresses, smbiosGuid, serialNumber, assetTag, architecture } = value;
  return {
    name,
    ...(macAddresses === undefined ? {} : { macAddresses: macAddresses.map(normalMac) }),
    ...(smbiosGuid === undefined ? {} : { smbiosGuid }),
    ...(serialNumber === undefined ? {} : { serialNumber }),
    ...(assetTag === undefined ? {} : { assetTag }),
    ...(architecture === undefined ? {} : { architecture }),
  };
}

/** Only the device's own variables: those of collections depend on who is in them. */
function variablesOf(device: DeviceObject): VariableLookup {
  const variables = new Map(siteVariables(device.value.variables).map((each) => [each.name.toUpperCase(), each]));
  return (name) => {
    const found = variables.get(name.toUpperCase());
    if (!found) return { state: 'missing' };
    if (typeof found.value !== 'string') return { state: 'unknown', why: 'a secret', set: true };
    return { state: 'set', value: found.value, hidden: found.hidden };
  };
}
