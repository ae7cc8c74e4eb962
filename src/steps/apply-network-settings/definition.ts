/** Apply Network Settings: domain or workgroup and the adapters of the new system. */
import { flag, integer, secret, text } from '../property.ts';
import { ORGANIZATIONAL_UNIT } from '../limits.ts';
import { networkRules } from '../rules/index.ts';
import { adapter } from './adapter.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'apply-network-settings',
  type: 'SMS_TaskSequence_ApplyNetworkSettingsAction',
  title: 'Apply Network Settings',
  wizardNames: [],
  category: 'Settings',
  origin: 'configmgr',
  runIn: 'WinPE',
  successCodes: [0],
  retryCount: 0,
  properties: {
    NetworkJoinType: integer('OSDNetworkJoinType', '0 domain, 1 workgroup', 0, 1),
    DomainName: text('OSDDomainName', 'Domain to join', { max: 255 }),
    DomainOUName: text('OSDDomainOUName', 'Organizational unit as LDAP://OU=... path', ORGANIZATIONAL_UNIT),
    DomainUsername: text('OSDJoinAccount', 'Account with rights to join', { max: 255 }),
    DomainPassword: secret('OSDJoinPassword', 'Password of that account'),
    WorkgroupName: text('OSDWorkgroupName', 'Workgroup to join', { max: 32 }),
    DNSDomain: text('OSDDNSDomain', 'Primary DNS domain', { max: 255 }, { hidden: true, global: true }),
    DNSSuffixSearchOrder: text(
      'OSDDNSSuffixSearchOrder',
      'DNS suffixes in order',
      { max: 4000 },
      { hidden: true, global: true },
    ),
    EnableTCPIPFiltering: flag('OSDEnableTCPIPFiltering', 'Filter TCP/IP', {
      hidden: true,
      global: true,
      default: false,
    }),
    NumAdapters: integer('OSDAdapterCount', 'Number of adapters; without it they are ignored', 0, 9999, {
      hidden: true,
      global: true,
    }),
    Adapters: {
      variable: undefined,
      value: {
        kind: 'list',
        prefix: 'OSDAdapter',
        propertyPrefix: 'Adapters',
        count: { variable: 'OSDAdapter', property: 'Adapters', hidden: true },
        item: adapter,
      },
      title: 'Settings of the adapters',
      global: true,
    },
  },
  steeredBy: [],
  sets: [],
  effects: ['joins-domain'],
  cancel: 'between-steps',
  check: networkRules,
};
