/** Configure DNS: sets options of the DNS server. */
import { flag, text } from '../property.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'configure-dns',
  type: 'BDD_ConfigureDNS',
  title: 'Configure DNS',
  wizardNames: [],
  category: 'MDT',
  origin: 'mdt',
  runIn: 'WinPEandFullOS',
  successCodes: [0, 3010],
  retryCount: 0,
  properties: {
    DNSServerOptionDisableRecursion: flag('DNSServerOptionDisableRecursion', 'No recursion'),
    DNSServerOptionBINDSecondaries: flag('DNSServerOptionBINDSecondaries', 'BIND secondaries'),
    DNSServerOptionFailOnLoad: flag('DNSServerOptionFailOnLoad', 'Fail on bad zone data'),
    DNSServerOptionEnableRoundRobin: flag('DNSServerOptionEnableRoundRobin', 'Round robin'),
    DNSServerOptionEnableNetmaskOrdering: flag('DNSServerOptionEnableNetmaskOrdering', 'Netmask ordering'),
    DNSServerOptionEnableSecureCache: flag('DNSServerOptionEnableSecureCache', 'Secure cache'),
    DNSServerOptionNameCheckFlag: text('DNSServerOptionNameCheckFlag', 'Which names are allowed', { max: 255 }),
  },
  steeredBy: [],
  sets: [],
  effects: [],
  cancel: 'stop',
};
