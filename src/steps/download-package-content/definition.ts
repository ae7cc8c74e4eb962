/** Download Package Content: fetches packages and says in variables where they are. */
import { choice, flag, integer, reference, references, text } from '../property.ts';
import { downloadRules } from '../rules/index.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'download-package-content',
  type: 'SMS_TaskSequence_DownloadPackageContentAction',
  title: 'Download Package Content',
  wizardNames: [],
  category: 'Software',
  origin: 'configmgr',
  runIn: 'WinPEandFullOS',
  successCodes: [0],
  retryCount: 0,
  properties: {
    DownloadPackages: references('OSDDownloadDownloadPackages', 'The packages, in order', [
      'package',
      'bootImage',
      'operatingSystem',
      'upgradePackage',
      'driverPackage',
    ]),
    DestinationLocationType: choice(
      'OSDDownloadDestinationLocationType',
      'Where to',
      ['TSCache', 'CCMCache', 'Custom'],
      { default: 'TSCache' },
    ),
    DestinationCustomPath: text('OSDDownloadDestinationPath', 'The folder, for Custom', { max: 255 }),
    DestinationVariable: text(
      'OSDDownloadDestinationVariable',
      'Variables with this name and 01, 02, ... get the folders',
      { max: 254 },
    ),
    ContinueDownloadOnError: flag('OSDDownloadContinueDownloadOnError', 'Go on with the next package when one fails', {
      default: false,
    }),
    PackageInfo: {
      variable: undefined,
      value: {
        kind: 'list',
        prefix: 'OSDPackage',
        propertyPrefix: 'PackageInfo',
        count: { variable: 'OSDPackage', property: 'PackageInfo', hidden: true },
        item: {
          Name: text('Name', 'Its name'),
          PackageId: reference('PackageId', 'The package', [
            'package',
            'bootImage',
            'operatingSystem',
            'upgradePackage',
            'driverPackage',
          ]),
          PkgType: integer('PkgType', 'Its kind as a number', 0, 65_535),
          Size: integer('Size', 'Its size in KB', 0, 1_000_000_000_000),
        },
      },
      title: 'What is shown of the packages',
    },
    NumPackages: integer('OSDPackageCount', 'Number of the packages shown', 0, 9999),
  },
  steeredBy: [],
  sets: [],
  effects: [],
  cancel: 'stop',
  notOnStandAloneMedia: 'stand-alone media of ConfigMgr cannot download',
  check: downloadRules,
};
