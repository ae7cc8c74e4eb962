/** Apply Driver Package: adds all drivers of one package. */
import { flag, HIDDEN, reference, text } from '../property.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'apply-driver-package',
  type: 'SMS_TaskSequence_ApplyDriverPackageAction',
  title: 'Apply Driver Package',
  wizardNames: [],
  category: 'Drivers',
  origin: 'configmgr',
  runIn: 'WinPE',
  successCodes: [0],
  retryCount: 0,
  properties: {
    DriverPackageID: reference('OSDApplyDriverDriverPackageID', 'The driver package', ['driverPackage'], {
      hidden: true,
      required: true,
    }),
    Recurse: flag('OSDRecurse', 'Let DISM take every driver below the folder'),
    UnsignedDriver: flag('OSDAllowUnsignedDriver', 'Take unsigned drivers', {
      default: false,
      deprecated: 'systems of today refuse unsigned drivers',
    }),
    BootCriticalDriverID: text(
      'OSDApplyDriverBootCriticalDriverID',
      'Mass storage driver of the package',
      { max: 255 },
      HIDDEN,
    ),
    BootCriticalContentUniqueID: text('OSDApplyDriverBootCriticalContentUniqueID', 'Its content', { max: 255 }),
    BootCriticalINFFile: text('OSDApplyDriverBootCriticalINFFile', 'Its INF file', { max: 255 }),
    BootCriticalHardwareComponent: text('OSDApplyDriverBootCriticalHardwareComponent', 'Its hardware component', {
      max: 255,
    }),
    BootCriticalID: text('OSDApplyDriverBootCriticalID', 'Its name in txtsetup.oem', { max: 255 }),
  },
  steeredBy: ['OSDInstallDriversAdditionalOptions'],
  sets: [],
  effects: [],
  cancel: 'stop',
};
