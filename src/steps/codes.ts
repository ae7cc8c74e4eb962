/** Error codes of `src/steps`. */
import { registerCodes } from '../core/index.ts';

export const stepCode = registerCodes({
  STEP_TYPE_UNKNOWN: {
    title: 'There is no step type of this name.',
    remedy: 'Use the name, title or wizard name of a type in the table of src/steps/README.md.',
  },
  STEP_PROPERTY_UNKNOWN: {
    title: 'The step type has no property of this name.',
    remedy: 'Use the name that the message offers; names are those of ConfigMgr.',
  },
  STEP_PROPERTY_VALUE: {
    title: 'A property has a value that is not allowed.',
    remedy: 'Give a value of the kind and range that the message names, or a %VARIABLE%.',
  },
  STEP_PROPERTY_MISSING: {
    title: 'A property without which the step cannot work is missing.',
    remedy: 'Add it under `with`.',
  },
  STEP_PROPERTY_DEPRECATED: {
    title: 'A property should not be used in new sequences.',
    remedy: 'Remove it; the message says why.',
  },
  STEP_RUN_AS_USER: {
    title: 'A step runs as another account and cannot.',
    remedy: 'Name the account, and run the step in the full OS.',
  },
  STEP_DOMAIN_NAME: {
    title: 'A step joins a domain without naming it.',
    remedy: 'Give DomainName, or join a workgroup.',
  },
  STEP_WORKGROUP_NAME: {
    title: 'A step joins a workgroup without naming it.',
    remedy: 'Give WorkgroupName, or join a domain.',
  },
  STEP_DOMAIN_ACCOUNT: {
    title: 'A step joins a domain without an account.',
    remedy: 'Give DomainUsername and DomainPassword.',
  },
  STEP_COUNT: { title: 'A number does not fit the list that it counts.', remedy: 'Set it to the number of items.' },
  STEP_DESTINATION: {
    title: 'The destination of a step is missing, incomplete or given twice.',
    remedy: 'Give one, as the message says.',
  },
  STEP_SOURCE: {
    title: 'What a step is to run, install or apply is missing, incomplete or given twice.',
    remedy: 'Give one, as the message says.',
  },
  STEP_PRODUCT_KEY: {
    title: 'A product key does not have five groups of five characters.',
    remedy: 'Correct it; encoded keys have no hyphens.',
  },
  STEP_SERVER_LICENSE: {
    title: 'Licence mode and number of connections do not fit.',
    remedy: 'Only PerServer has, and needs, a number.',
  },
  STEP_ADMIN_PASSWORD: {
    title: 'A password is given for an administrator who gets a random one.',
    remedy: 'Keep one of the two.',
  },
  STEP_ONE_APPLICATION: {
    title: 'Going on after a failed application means nothing for a single one.',
    remedy: 'Remove ContinueOnInstallError.',
  },
  STEP_VARIABLE_READ_ONLY: {
    title: 'A step sets a read-only variable.',
    remedy: 'Choose a name that does not begin with _.',
  },
  STEP_VARIABLE_NAME: {
    title: 'A step sets a variable of a name that is not allowed.',
    remedy: 'Begin with a letter; use letters, digits, _ and -.',
  },
  STEP_PARTITION: { title: 'A partition cannot be made as it is described.', remedy: 'Correct its kind or size.' },
  STEP_BITLOCKER: {
    title: 'An option of BitLocker does not fit the key protector.',
    remedy: 'Change Mode, or remove the option.',
  },
  STEP_USER_STATE: { title: 'Options of the user state do not fit each other.', remedy: 'See the message.' },
  STEP_READINESS: {
    title: 'A check is on and has no value to compare with.',
    remedy: 'Give the value, or turn the check off.',
  },
});
