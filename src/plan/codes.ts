/** Error codes of `src/plan`: what would go wrong on this device. */
import { registerCodes } from '../core/index.ts';

export const planCode = registerCodes({
  PLAN_DISABLED: {
    title: 'The sequence is disabled and runs on no computer.',
    remedy: 'Enable it; nothing need be deployed again.',
  },
  PLAN_NOT_DEPLOYED: {
    title: 'No deployment offers the sequence to this device in the planned way.',
    remedy: 'Deploy it to a collection of the device, or plan another way of starting.',
  },
  PLAN_IDENTITY: {
    title: 'It is not known for sure which device of the site the facts belong to.',
    remedy:
      'Correct the records that the message names, or add MAC addresses, SMBIOS GUID or architecture to the facts.',
  },
  PLAN_VARIABLE: {
    title: 'A variable is given in a way that is not allowed, or a step cannot set it.',
    remedy: 'Correct name or value; the message says what is wrong.',
  },
  PLAN_VARIABLE_MISSING: {
    title: 'A step uses a variable that nothing has set.',
    remedy: 'Set it before the step, on a collection or device, or correct its name.',
  },
  PLAN_BOOT_IMAGE: {
    title: 'The boot image is missing or does not fit the device.',
    remedy: 'Give the sequence a boot image of the architecture of the device.',
  },
  PLAN_ARCHITECTURE: {
    title: 'An operating system does not fit the architecture of the device.',
    remedy: 'Apply or upgrade to one of the architecture of the device.',
  },
  PLAN_ENVIRONMENT: {
    title: 'A step is reached in an environment in which it cannot run.',
    remedy: 'Put a restart before it, move it, or give it a condition on _SMSTSInWinPE.',
  },
  PLAN_UNKNOWN_STEP: {
    title: 'A step has a type that osdkit does not know.',
    remedy: 'Replace or disable the step; the sequence cannot be deployed before.',
  },
  PLAN_STEP: {
    title: 'A step has a value that it cannot work with.',
    remedy: 'Correct the property that the message names.',
  },
  PLAN_REFERENCE: {
    title: 'A step refers to an object that is not in the site.',
    remedy: 'Correct the name or id, or make the object.',
  },
  PLAN_CONTENT_MISSING: {
    title: 'Content that a step takes is not in the content library.',
    remedy: 'Add it with `osdkit content add` or `osdkit image import`, and distribute it again.',
  },
  PLAN_CONTENT_POINTS: {
    title: 'Content that a step takes is on no distribution point that the device may use.',
    remedy: 'Distribute it to a point of the boundary group, or allow remote points in the deployment.',
  },
  PLAN_SECRET_MISSING: {
    title: 'A step needs a password that nobody has given.',
    remedy: 'Seal it with `osdkit secret seal` and write it into the step, or set its variable.',
  },
  PLAN_DISK: {
    title: 'A disk is not as a step needs it.',
    remedy: 'Correct disk number or partitions; the message says what the facts say of the disk.',
  },
  PLAN_LAYOUT: {
    title: 'The device could not start from the disk as it is partitioned.',
    remedy:
      'UEFI needs a GPT disk with an EFI partition, BIOS an MBR disk with a bootable partition; condition the two steps on _SMSTSBootUEFI.',
  },
  PLAN_ORDER: {
    title: 'Steps stand in an order in which one undoes or misses the work of the other.',
    remedy: 'Move the step; the message names the other one.',
  },
  PLAN_STATE_LOST: {
    title: 'User state would be lost when the disk is partitioned.',
    remedy: 'Use a state migration point, or do not partition the disk that holds the state.',
  },
  PLAN_UPGRADE_PATH: {
    title: 'The running system cannot be upgraded to this one in place.',
    remedy: 'Choose a target that the path allows, upgrade in two steps, or install anew.',
  },
  PLAN_STAND_ALONE: {
    title: 'A step needs what stand-alone media do not reach.',
    remedy: 'Start it another way, or leave the step out there by a condition on _SMSTSMediaType.',
  },
  PLAN_CLIENT: {
    title: 'No ConfigMgr client is installed by the step that could do it.',
    remedy: 'Name the package of the client if it is wanted; without it the run goes on by itself.',
  },
  PLAN_MEMBERSHIP: {
    title: 'The facts do not say whether the device is in a collection.',
    remedy: 'Add the facts that its rules ask for; variables and deployments of the collection are left out.',
  },
  PLAN_AFFINITY: {
    title: 'Settings of user device affinity do not agree.',
    remedy: 'Set SMSTSAssignUsersMode as medium or distribution point have it; stand-alone media do not support it.',
  },
});
