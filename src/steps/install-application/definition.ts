/** Install Application: installs applications from a list or named by variables. */
import { flag, HIDDEN, integer, reference, references, text } from '../property.ts';
import { applicationRules } from '../rules/index.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'install-application',
  type: 'SMS_TaskSequence_InstallApplicationAction',
  title: 'Install Application',
  wizardNames: ['Install Applications'],
  category: 'Software',
  origin: 'configmgr',
  runIn: 'FullOS',
  successCodes: [0],
  retryCount: 2,
  properties: {
    ApplicationName: references('ApplicationName', 'Applications to install', ['application'], HIDDEN),
    BaseVariableName: text(
      'BaseVariableName',
      'Variables with this name and 01, 02, ... name the applications',
      { max: 256 },
      HIDDEN,
    ),
    ContinueOnInstallError: flag('ContinueOnInstallError', 'Go on with the next application when one fails', {
      hidden: true,
      default: false,
    }),
    ClearCache: flag('OSDAppClearCache', 'Remove the content from the cache afterwards'),
    RetryCount: integer('RetryCount', 'Repeats after an unexpected restart', 0, 5, { hidden: true, default: 2 }),
    AppInfo: {
      variable: undefined,
      value: {
        kind: 'list',
        prefix: 'OSDApp',
        propertyPrefix: 'AppInfo',
        count: { variable: 'OSDApp', property: 'AppInfo', hidden: true },
        item: {
          Description: text('Description', 'Its description'),
          DisplayName: text('DisplayName', 'Its name for people'),
          Name: reference('Name', 'The application', ['application']),
        },
      },
      title: 'What is shown of the applications',
    },
    NumApps: integer('OSDAppCount', 'Number of the applications shown', 0, 9999),
  },
  steeredBy: [
    'SMSTSMPListRequestTimeoutEnabled',
    'SMSTSMPListRequestTimeout',
    'TSErrorOnWarning',
    'OSDAppInstallRetries',
    'OSDAppInstallRetryTimeout',
  ],
  sets: ['_TSAppInstallStatus'],
  effects: ['installs-software'],
  cancel: 'stop',
  check: applicationRules,
};
