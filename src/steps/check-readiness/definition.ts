/**
 * Check Readiness: stops the sequence when the machine is not fit for it; every check is made, and each leaves its
 * result.
 */
import { choice, flag, integer, openChoice, text } from '../property.ts';
import { VERSION } from '../limits.ts';
import { readinessRule } from '../rules/index.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'check-readiness',
  type: 'SMS_TaskSequence_PrestartCheckAction',
  title: 'Check Readiness',
  wizardNames: [],
  category: 'General',
  origin: 'configmgr',
  runIn: 'WinPEandFullOS',
  successCodes: [0],
  retryCount: 0,
  properties: {
    CheckMemory: flag('OSDCheckMemory', 'Check the memory'),
    Memory: integer('OSDMemory', 'Least memory in MB', 0, 1_000_000_000),
    CheckProcessorSpeed: flag('OSDCheckProcessorSpeed', 'Check the processor'),
    ProcessorSpeed: integer('OSDProcessorSpeed', 'Least speed of the processor in MHz', 0, 1_000_000),
    CheckFreeDiskSpace: flag('OSDCheckFreeDiskSpace', 'Check the free space'),
    FreeDiskSpace: integer('OSDFreeDiskSpace', 'Least free space in MB', 0, 1_000_000_000),
    CheckOSType: flag('OSDCheckOSType', 'Check the kind of system'),
    OSType: choice('OSDOSType', 'Kind of the running system', ['CLIENT', 'SERVER']),
    CheckOSArchitecture: flag('OSDCheckOSArchitecture', 'Check the architecture of the system'),
    OSArchitecture: openChoice('OSDOSArchitecture', 'Architecture of the running system', ['32-bit', '64-bit']),
    CheckMinOSVersion: flag('OSDCheckMinOSVersion', 'Check the least version of the system'),
    MinOSVersion: text('OSDMinOSVersion', 'Least version of the system', VERSION),
    CheckMaxOSVersion: flag('OSDCheckMaxOsVersion', 'Check the highest version of the system'),
    MaxOSVersion: text('OSDMaxOSVersion', 'Highest version of the system', VERSION),
    CheckCMClientMinVersion: flag('OSDCheckCMClientMinVersion', 'Check the version of the client'),
    CMClientMinVersion: text('OSDCMClientMinVersion', 'Least version of the client', VERSION),
    CheckOSLanguageID: flag('OSDCheckOSLanguageID', 'Check the language of the system'),
    OSLanguageID: integer('OSDOSLanguageID', 'Language as decimal LCID', 0, 1_048_575),
    CheckPowerState: flag('OSDCheckPowerState', 'The machine must not run on battery'),
    CheckNetworkConnected: flag('OSDCheckNetworkConnected', 'A network must be connected'),
    CheckNetworkWired: flag('OSDCheckNetworkWired', 'The network must not be wireless'),
    CheckDeviceUEFI: flag('OSDCheckDeviceUEFI', 'The firmware must be UEFI'),
    CheckTPMEnabled: flag('OSDCheckTPMEnabled', 'The TPM must be enabled'),
    CheckTPMActivated: flag('OSDCheckTPMActivated', 'The TPM must be activated'),
  },
  steeredBy: [],
  sets: [
    '_TS_CRMEMORY',
    '_TS_CRSPEED',
    '_TS_CRDISK',
    '_TS_CROSTYPE',
    '_TS_CRARCH',
    '_TS_CRMINOSVER',
    '_TS_CRMAXOSVER',
    '_TS_CRCLIENTMINVER',
    '_TS_CROSLANGUAGE',
    '_TS_CRACPOWER',
    '_TS_CRNETWORK',
    '_TS_CRWIRED',
    '_TS_CRUEFI',
    '_TS_CRTPMENABLED',
    '_TS_CRTPMACTIVATED',
  ],
  effects: [],
  cancel: 'between-steps',
  check: readinessRule,
};
