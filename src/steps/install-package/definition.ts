/** Install Package: runs a program of a package, or of several named by variables. */
import { flag, HIDDEN, reference, text } from '../property.ts';
import { packageRules } from '../rules/index.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'install-package',
  type: 'SMS_TaskSequence_InstallSoftwareAction',
  title: 'Install Package',
  wizardNames: [],
  category: 'Software',
  origin: 'configmgr',
  runIn: 'FullOS',
  successCodes: [0],
  retryCount: 0,
  properties: {
    PackageID: reference('PackageID', 'The package', ['package'], HIDDEN),
    ProgramName: text('_SMSSWDProgramName', 'The program of the package', { max: 255 }),
    BaseVariableName: text(
      'BaseVariableName',
      'Variables with this name and 001, 002, ... name package and program',
      { max: 256 },
      HIDDEN,
    ),
    ContinueOnInstallError: flag('ContinueOnInstallError', 'Go on with the next one when one fails', {
      hidden: true,
      default: false,
    }),
  },
  steeredBy: ['OSDDoNotLogCommand'],
  sets: [],
  effects: ['installs-software'],
  cancel: 'stop',
  check: packageRules,
};
