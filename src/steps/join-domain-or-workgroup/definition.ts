/** Join Domain or Workgroup: makes the machine a member of a domain or a workgroup. */
import { flag, integer, secret, text } from '../property.ts';
import { ORGANIZATIONAL_UNIT } from '../limits.ts';
import { joinRules } from '../rules/index.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'join-domain-or-workgroup',
  type: 'SMS_TaskSequence_JoinDomainWorkgroupAction',
  title: 'Join Domain or Workgroup',
  wizardNames: ['Join Workgroup'],
  category: 'General',
  origin: 'configmgr',
  runIn: 'FullOS',
  successCodes: [0],
  retryCount: 0,
  properties: {
    Type: integer('OSDJoinType', '0 domain, 1 workgroup', 0, 1),
    DomainName: text('OSDJoinDomainName', 'Domain to join', { max: 255 }),
    DomainOUName: text('OSDJoinDomainOUName', 'Organizational unit as LDAP://OU=... path', ORGANIZATIONAL_UNIT),
    DomainUsername: text('OSDJoinAccount', 'Account with rights to join', { max: 255 }),
    DomainPassword: secret('OSDJoinPassword', 'Password of that account'),
    WorkgroupName: text('OSDJoinWorkgroupName', 'Workgroup to join', { max: 32 }),
    SkipReboot: flag('OSDJoinSkipReboot', 'Do not restart afterwards'),
  },
  steeredBy: [],
  sets: [],
  effects: ['joins-domain', 'restarts'],
  cancel: 'stop',
  check: joinRules,
};
