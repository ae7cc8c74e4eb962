/** Codes of the rules of `src/lint`: what is wrong and what to do. Why it matters stands with the rule. */
import { registerCodes } from '../core/index.ts';

export const lintCode = registerCodes({
  LINT_UNREACHABLE: {
    title: 'A step can never be reached.',
    remedy: 'Move it before the step that the message names, or remove one of the two.',
  },
  LINT_NEVER_TRUE: {
    title: 'A condition can never hold.',
    remedy: 'Correct the condition, or remove the step.',
  },
  LINT_RUN_IN: {
    title: 'A step is limited to an environment in which the run never is there.',
    remedy: 'Change runIn, or put a restart before the step.',
  },
  LINT_MISSING_RESTART: {
    title: 'A step is reached only where its type cannot run.',
    remedy: 'Put Restart Computer or Setup Windows and ConfigMgr before it, or move it.',
  },
  LINT_NO_SETUP: {
    title: 'An operating system is applied and never set up.',
    remedy: 'Add Setup Windows and ConfigMgr after the steps of Windows PE.',
  },
  LINT_NO_BOOT_IMAGE: {
    title: 'A sequence works in Windows PE and has no boot image.',
    remedy: 'Set bootImage of the sequence.',
  },
  LINT_APPLY_BEFORE_PARTITION: {
    title: 'A disk is partitioned after something was applied to it.',
    remedy: 'Move Format and Partition Disk before the steps that apply.',
  },
  LINT_VARIABLE_NEVER_SET: {
    title: 'A variable is used and nothing sets it.',
    remedy: 'Correct its name, or set it by a step, collection, device or the site.',
  },
  LINT_READ_ONLY_NAME: {
    title: 'A variable of the engine is used that does not exist.',
    remedy: 'Correct the name; names that begin with _ are only the built-in ones.',
  },
  LINT_OSD_NOT_TAKEN: {
    title: 'A variable that begins with OSD is set, and no step of the sequence takes it.',
    remedy: 'Correct its name, or add the step that takes it.',
  },
  LINT_DOWNLOAD_VARIABLE: {
    title: 'A variable of Download Package Content is used without its number.',
    remedy: 'Write NAME01 for the first package, NAME02 for the second.',
  },
  LINT_WQL: { title: 'A WMI query is not well-formed.', remedy: 'Correct it at the place that the message names.' },
  LINT_CHILD_DISABLED: {
    title: 'A step runs a sequence that is disabled.',
    remedy: 'Enable the sequence, or disable the step.',
  },
  LINT_CHILD_BOOT_IMAGE: {
    title: 'A sequence that another one runs has a boot image of its own.',
    remedy: 'Remove it where the sequence is only run by others: the boot image of the outer sequence is used.',
  },
  LINT_SOFTWARE_NOT_ALLOWED: {
    title: 'A step refers to a program or application that is missing, disabled or not for task sequences.',
    remedy: 'Correct the name, or allow it in the package or application.',
  },
  LINT_DRIVERS_DISABLED: {
    title: 'A driver package or category holds only disabled drivers.',
    remedy: 'Enable the drivers, or remove the step.',
  },
  LINT_ARCHITECTURE: {
    title: 'Boot image, operating system and devices are not of one architecture.',
    remedy: 'Choose a boot image that fits the system and the devices.',
  },
  LINT_IMAGE_KIND: {
    title: 'An upgrade package stands where an image must, or an image where an upgrade package must.',
    remedy: 'Images are applied, upgrade packages upgrade: name an object of the right kind.',
  },
  LINT_IMAGE_INDEX: {
    title: 'A step names an image or edition that the file does not hold.',
    remedy: 'Use one of the indexes that the message lists.',
  },
  LINT_UPGRADE_KEY: {
    title: 'An upgrade to a retail edition has no product key.',
    remedy: 'Give OsProductKey, or choose a volume licence edition.',
  },
  LINT_UPGRADE_DIALOG: {
    title: 'An upgrade of a server would stop at a dialog.',
    remedy: 'Set IgnoreMessages: true.',
  },
  LINT_UPGRADE_PATH: {
    title: 'An upgrade package does not fit the devices that it is deployed to.',
    remedy: 'Clients upgrade to client editions, servers to server editions.',
  },
  LINT_MEMBERSHIP_ACCOUNT: {
    title: 'Membership of a domain is captured, and no account joins it again.',
    remedy: 'Give DomainUsername and DomainPassword in Apply Network Settings, or do not capture membership.',
  },
  LINT_CAPTURE_IN_DOMAIN: {
    title: 'A computer is a member of a domain when it is prepared for capture.',
    remedy: 'Join a workgroup between the join and Prepare Windows for Capture.',
  },
  LINT_CAPTURE_TARGET: {
    title: 'The place or account of a capture is not complete.',
    remedy: 'Give \\\\server\\share\\name.wim, an account and its password.',
  },
  LINT_CAPTURE_TWICE: {
    title: 'A reference computer would be captured twice.',
    remedy: 'Build it anew before each capture, and capture once.',
  },
  LINT_HARD_LINKS: {
    title: 'User state is kept as hard links on a disk that is partitioned.',
    remedy: 'Remove or condition the partitioning, or use a state migration point.',
  },
  LINT_STATE_ORDER: {
    title: 'Steps of user state are missing or out of order.',
    remedy: 'The order is Request State Store, capture or restore, Release State Store.',
  },
  LINT_SECRET_MISSING: {
    title: 'A secret is missing beside the account or mark that needs it.',
    remedy: 'Type it again: osdkit secret seal makes the value.',
  },
  LINT_SECRET_IN_TEXT: {
    title: 'A command or script seems to hold a password in plain text.',
    remedy: 'Put it into a variable with a !secret value, and write %NAME%.',
  },
  LINT_UNKNOWN_STEP: {
    title: 'A step or condition is of a type that osdkit does not know.',
    remedy: 'Replace or disable it; the sequence cannot be deployed before.',
  },
  LINT_NO_EFFECT: {
    title: 'An option of a step has no effect.',
    remedy: 'Remove the option that the message names.',
  },
  LINT_SAME_NAME: {
    title: 'Two steps of a group have the same name.',
    remedy: 'Name them apart, so that logs and commands tell which is meant.',
  },
  LINT_HIGH_IMPACT_TEXT: {
    title: 'Texts of the notice are written and not used.',
    remedy: 'Set customText: true, or remove the texts.',
  },
  LINT_CONTENT_MISSING: {
    title: 'Content of a sequence is not on the distribution points that it needs.',
    remedy: 'Add the content and distribute it.',
  },
  LINT_RUN_TWICE: {
    title: 'Users may start a sequence again that wipes or joins.',
    remedy: 'Put a condition on the step that holds only where it is wanted, or deploy as required.',
  },
  LINT_AUTOMATIC: {
    title: 'A part of fully automatic deployment is missing.',
    remedy: 'Deployment hidden, medium unattended, SMSTSPreferredAdvertID on the medium.',
  },
  LINT_AFFINITY: {
    title: 'A step sets SMSTSAssignUsersMode to what the distribution points do not have.',
    remedy: 'Set both to the same: none and Disabled, approval and Pending, automatic and Auto.',
  },
});
