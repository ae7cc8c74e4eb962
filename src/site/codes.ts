/** Error codes of `src/site`. */
import { registerCodes } from '../core/index.ts';

export const siteCode = registerCodes({
  SITE_YAML_SYNTAX: { title: 'A file is not YAML.', remedy: 'Correct the line that the message names.' },
  SITE_YAML_KEY_TWICE: { title: 'A key stands twice in one mapping.', remedy: 'Keep one of the two.' },
  SITE_YAML_FEATURE: {
    title:
      'A file uses a part of YAML that a site does not have: anchors, aliases, tags but !secret, other keys than text.',
    remedy: 'Write the value out where it is used.',
  },
  SITE_YAML_LIMIT: {
    title: 'A file is larger or nested deeper than a site allows.',
    remedy: 'Split it; the message names the limit.',
  },
  SITE_EDIT: {
    title: 'A file cannot be edited as asked.',
    remedy: 'Correct the file or the path that the message names.',
  },
  SITE_SETTINGS_MISSING: { title: 'There is no site.yaml.', remedy: '`osdkit init DIR` makes a site.' },
  SITE_FILE_UNKNOWN: {
    title: 'A YAML file lies where the site has no objects.',
    remedy: 'Move it to the folder of its kind; the folders are in the table of src/model/object-kinds.ts.',
  },
  SITE_UNKNOWN_KEY: { title: 'A key is not known.', remedy: 'Use the nearest name, or delete the line.' },
  SITE_MISSING_KEY: { title: 'A key that must be there is missing.', remedy: 'Add it.' },
  SITE_VALUE: { title: 'A value is not what its key takes.', remedy: 'The message says what was expected and found.' },
  SITE_NOT_FOR_SEQUENCES: {
    title: 'A setting does not apply to deployments of task sequences.',
    remedy: 'Delete the line; the message gives the reason.',
  },
  SITE_ID_TWICE: { title: 'Two objects have the same id.', remedy: 'Give one of them an id that was never used.' },
  SITE_ID_FOREIGN: {
    title: 'An id does not begin with the code of this site.',
    remedy: 'Ids are the site code and 5 upper-case letters or digits.',
  },
  SITE_NAME_TWICE: {
    title: 'Two objects of a kind have the same name, without case.',
    remedy: 'Rename one; where both have ids, references must use these.',
  },
  SITE_NAME_BUILT_IN: { title: 'An object has the name of a built-in one.', remedy: 'Give it another name.' },
  SITE_REFERENCE: {
    title: 'A reference names no object of the site.',
    remedy: 'Correct the name, or make the object.',
  },
  SITE_REFERENCE_AMBIGUOUS: { title: 'A reference names several objects.', remedy: 'Use the id.' },
  SITE_CYCLE: { title: 'Objects refer to each other in a circle.', remedy: 'Remove one of the references named.' },
  SITE_SECRET_PLAIN: {
    title: 'A secret is written in plain text.',
    remedy: 'Write it as `!secret`; `osdkit secret seal` makes the value.',
  },
  SITE_VARIABLES: { title: 'A device has more than 1000 variables.', remedy: 'Put some of them on a collection.' },
  SITE_DEVICE_IDENTITY: {
    title: 'A device has neither MAC address nor SMBIOS GUID.',
    remedy: 'Give one of them; one is enough.',
  },
  SITE_DEVICE_TWICE: {
    title: 'Two devices have the same MAC address or SMBIOS GUID.',
    remedy: 'Correct one, or list the address under duplicateHardwareIds in site.yaml.',
  },
  SITE_CSV: { title: 'A line of a CSV file cannot be used.', remedy: 'Correct the line that the message names.' },
  SITE_CHOICE: { title: 'Of several keys exactly one must be given.', remedy: 'Keep one of the keys named.' },
  SITE_SIZES: {
    title: 'The maximum size of deployment verification does not exceed the default size.',
    remedy: 'Raise the maximum, or switch one off with 0.',
  },
  SITE_UPDATE_SOURCE: {
    title: 'Software updates are used and the site has no source of them.',
    remedy: 'Set softwareUpdates in site.yaml.',
  },
  SITE_HIGH_IMPACT_TEXT: {
    title: 'The texts of the high-impact notice are not as they must be.',
    remedy: 'Custom text needs a high-impact sequence and all three message boxes.',
  },
  SITE_NOT_DEPLOYABLE: {
    title: 'A deployment has a task sequence that cannot run.',
    remedy: 'Correct the references, and replace or disable the unknown steps that the message names.',
  },
  SITE_TARGET: {
    title: 'A deployment has a collection that it must not have.',
    remedy: 'Choose a custom collection of devices within the sizes of the site.',
  },
  SITE_TARGET_RISK: {
    title: 'A high-risk deployment reaches more than it should.',
    remedy: 'Choose another collection, or record the consent that the deploy command asks for.',
  },
  SITE_PURPOSE: {
    title: 'A setting does not go with the purpose of the deployment.',
    remedy: 'Delete the setting, or change the purpose.',
  },
  SITE_SCHEDULE: { title: 'A schedule has no effect or contradicts itself.', remedy: 'Correct the dates named.' },
  SITE_CONTENT_OPTION: {
    title: 'The content option of a deployment does not fit what is deployed.',
    remedy: 'Use whenNeeded, or change what the message names.',
  },
  SITE_INTERNET: {
    title: 'A deployment allows clients on the Internet or metered connections that its sequence does not suit.',
    remedy: 'Delete the setting.',
  },
  SITE_ITEM: {
    title: 'A command names a group, step or place that the sequence does not have, or several.',
    remedy: 'Give the place as `task-sequence show` has it, such as 2.1.3.',
  },
  SITE_VARIABLE: {
    title: 'A command names a variable that its device or collection does not have.',
    remedy: 'Correct the name, or give a value.',
  },
  SITE_VARIABLE_HIDDEN: {
    title: 'A hidden variable shall be shown again, and no new value was given.',
    remedy: 'Give the value anew: what was hidden is never shown.',
  },
  SITE_CONTENT_MISSING: {
    title: 'Content of a deployed sequence is not in the library or on no distribution point.',
    remedy: 'Add the content and distribute it.',
  },
  SITE_UNKNOWN_COMPUTERS: {
    title: 'Unknown computers are used where they cannot be.',
    remedy: 'They are members of Unknown Computers only, and start from PXE and media only.',
  },
  SITE_PXE: {
    title: 'PXE settings of a distribution point contradict each other.',
    remedy: 'Change one of the settings that the message names.',
  },
  SITE_AFFINITY: {
    title: 'SMSTSAssignUsersMode and the user device affinity of a distribution point disagree.',
    remedy: 'Set both to the same: none and Disabled, approval and Pending, automatic and Auto.',
  },
});
