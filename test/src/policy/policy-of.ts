/** Sites and requests for tests of policies. */
import type { Site } from '../../../src/model/index.ts';
import { type Policy, type PolicyMedium, type PolicyRequest, policyFor } from '../../../src/policy/index.ts';
import { IMAGES, INSTALL, SCRIPT, SETTINGS, siteOf } from '../site/site-of.ts';

export const GUID = '4C4C4544-0042-3510-8054-B4C04F583432';

/** Two devices, a collection with both, an installing and a plain sequence. */
export const BASE = {
  ...IMAGES,
  'task-sequences/install.yaml': INSTALL,
  'task-sequences/script.yaml': SCRIPT,
  'devices/pc1.yaml': `name: PC1\nmacAddresses: ["00:15:5D:00:00:01"]\nsmbiosGuid: ${GUID}\nusers: ["CONTOSO\\\\ann"]\n`,
  'devices/pc2.yaml': 'name: PC2\nmacAddresses: ["00:15:5D:00:00:02"]\nusers: ["CONTOSO\\\\Ann"]\n',
  'collections/lab.yaml': 'id: ABC00020\nname: Lab\ntype: device\nmembers: { devices: [PC1, PC2] }\n',
};

export function deployment(id: string, lines: string): Record<string, string> {
  return { [`deployments/${id}.yaml`]: `id: ${id}\nname: ${id}\n${lines}\n` };
}

export function site(files: Readonly<Record<string, string>> = {}, settings = SETTINGS): Site {
  return siteOf({ ...BASE, ...files }, settings).site;
}

export const CLIENT: PolicyMedium = { kind: 'client' };
export const PXE: PolicyMedium = { kind: 'pxe', unknownComputers: true };
export const NOW = Date.parse('2026-11-21T12:00Z');

export function bootable(
  variables: Readonly<Record<string, string>> = {},
  more: Partial<Extract<PolicyMedium, { kind: 'bootable' | 'prestaged' }>> = {},
): PolicyMedium {
  return {
    kind: 'bootable',
    name: 'OSDKIT',
    variables: Object.entries(variables).map(([name, value]) => ({ name, value })),
    unattended: false,
    unknownComputers: true,
    ...more,
  };
}

/** The policy of PC1 unless `request` says who asks. */
export function policy(of: Site, medium: PolicyMedium = PXE, request: Partial<PolicyRequest> = {}): Policy {
  return policyFor(of, {
    facts: { architecture: 'x64', macAddresses: ['00:15:5D:00:00:01'] },
    medium,
    time: { now: NOW, zoneOffset: 0 },
    ...request,
  });
}

/** Ids of what is offered, in order. */
export function offered(of: Policy): string[] {
  return of.deployments.filter((each) => each.offered).map(({ id }) => id);
}

/** The rules that refuse a deployment. */
export function refusals(of: Policy, id: string): string[] {
  const found = of.deployments.find((each) => each.id === id);
  return (found?.reasons ?? []).filter(({ holds }) => !holds).map(({ rule }) => rule);
}
