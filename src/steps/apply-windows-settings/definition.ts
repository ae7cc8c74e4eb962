/** Apply Windows Settings: names, product key, time zone and languages of the new system. */
import { flag, integer, openChoice, secret, text } from '../property.ts';
import { PRODUCT_KEY } from '../limits.ts';
import { windowsSettingsRules } from '../rules/index.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'apply-windows-settings',
  type: 'SMS_TaskSequence_ApplyWindowsSettingsAction',
  title: 'Apply Windows Settings',
  wizardNames: [],
  category: 'Settings',
  origin: 'configmgr',
  runIn: 'WinPE',
  successCodes: [0],
  retryCount: 0,
  properties: {
    ComputerName: text('OSDComputerName', 'Computer name', { max: 255 }, { default: '%_SMSTSMachineName%' }),
    RegisteredUserName: text('OSDRegisteredUserName', 'Registered user', { max: 255 }),
    RegisteredOrgName: text('OSDRegisteredOrgName', 'Registered organization', { max: 255 }),
    ProductKey: text('OSDProductKey', 'Product key', PRODUCT_KEY, { secret: 'quasi' }),
    ServerLicenseMode: openChoice('OSDServerLicenseMode', 'Licensing of a server', ['PerSeat', 'PerServer']),
    ServerLicenseConnectionLimit: integer(
      'OSDServerLicenseConnectionLimit',
      'Connections of a server, for PerServer',
      5,
      9999,
    ),
    RandomAdminPassword: flag('OSDRandomAdminPassword', 'Random password, and the account disabled'),
    AdminPassword: secret('OSDLocalAdminPassword', 'Password of the local administrator'),
    TimeZone: text('OSDTimeZone', 'Time zone, by the English name of its registry key', { max: 255 }),
    InputLocale: text('OSDWindowsSettingsInputLocale', 'Keyboard', { max: 255 }),
    SystemLocale: text('OSDWindowsSettingsSystemLocale', 'Locale of programs without Unicode', { max: 85 }),
    UILanguage: text('OSDWindowsSettingsUILanguage', 'Language of Windows', { max: 85 }),
    UILanguageFallback: text('OSDWindowsSettingsUILanguageFallback', 'Language where that one lacks', { max: 85 }),
    UserLocale: text('OSDWindowsSettingsUserLocale', 'Formats', { max: 85 }),
  },
  steeredBy: [],
  sets: [],
  effects: [],
  cancel: 'between-steps',
  check: windowsSettingsRules,
};
