/** Error codes of `src/app`. */
import { registerCodes } from '../core/index.ts';

export const appCode = registerCodes({
  APP_OPTION: { title: 'An option has a value that is not allowed.', remedy: 'See --help of the command.' },
  APP_VARIABLES_FILE: {
    title: 'The variables file is not what is expected.',
    remedy: 'Write YAML: `NAME: value`, or `NAME: {secret: value}`.',
  },
  APP_VARIABLE_SECRET_IN_ARGV: {
    title: 'A password was given on the command line.',
    remedy: 'Give it in --variables-file: command lines are visible to every process and kept in shell histories.',
  },
  APP_PASSWORD_FILE: {
    title: 'The password file holds no password.',
    remedy: 'Put the password on the first line of the file.',
  },
  APP_NOT_WHOLE: {
    title: 'An image file was written and did not read back as it should.',
    remedy: 'The disk may be failing; nothing was kept. Try another disk, then report it.',
  },
  APP_NOT_AN_IMAGE: {
    title: 'The file holds nothing that is read: no WIM, no ISO 9660 or UDF, no FAT volume, no partition table.',
    remedy: 'Check what the file is; one that was cut off or not unpacked must be copied or unpacked again.',
  },
  APP_OUTPUT_IS_INPUT: {
    title: 'Output and input are the same file.',
    remedy: 'Choose another --output.',
  },
  APP_SITE: {
    title: 'The site has mistakes, or would have with the change asked for.',
    remedy: 'Correct the lines that the message names.',
  },
  APP_SITE_HALF_WRITTEN: {
    title: 'Writing several files of a site failed, and what was written could not be put back.',
    remedy: 'Look at the files that the message names, with git diff where the site is in git.',
  },
  APP_NO_ID: {
    title: 'A site has no free id.',
    remedy: 'Remove objects that are not used.',
  },
  APP_SITE_KEYS: {
    title: 'A site has no public key to seal secrets with, or one of another length.',
    remedy: 'Make the site with osdkit init, or restore `keys` in site.yaml.',
  },
  APP_PASSWORD_MISSING: {
    title: 'A password or secret is needed, and none was given.',
    remedy: 'Type it at a terminal, or give the file or environment variable that the message names.',
  },
  APP_SECRET_LENGTH: {
    title: 'A secret is empty or too long.',
    remedy: 'A secret has 1 to 4000 characters.',
  },
  APP_SECRET_IN_ARGV: {
    title: 'A secret was given on the command line.',
    remedy: 'Type it when asked, or give it in a file: command lines are visible to every process.',
  },
  APP_OBJECT: {
    title: 'A command names an object that the site does not have.',
    remedy: 'Use a name or id of the site; `osdkit site show` and `task-sequence list` show them.',
  },
  APP_REFERRED: {
    title: 'An object cannot get another name while others refer to it by the one that it has.',
    remedy: 'Let them refer to its id, which stays.',
  },
  APP_OBJECT_AMBIGUOUS: {
    title: 'A name that a command was given belongs to several objects.',
    remedy: 'Use the id, or say the kind.',
  },
  APP_CONTENT_EMPTY: {
    title: 'A folder that should become content holds no file.',
    remedy: 'Check the path.',
  },
  APP_CONTENT_LISTING: {
    title: 'The listing of a folder in the content library is larger than osdkit reads.',
    remedy: 'Put the folder into the library in parts.',
  },
  APP_DEVICES_FILE: {
    title: 'A file of computers holds none, or is no text.',
    remedy: 'One computer a line: name,SMBIOS GUID,MAC address; or a first line that names the columns.',
  },
  APP_DEVICE_TWICE: {
    title: 'Computers that are to be imported have name, MAC address or SMBIOS GUID of others.',
    remedy: 'Correct the lines, or leave them out with --skip-duplicates.',
  },
  APP_IMAGE_KIND: {
    title: 'A file is not what `image import` can take in as this kind of object.',
    remedy: 'Give a WIM file, or for an upgrade package the folder of the Windows media, and the right --kind.',
  },
  APP_IMPORT_SIZE: {
    title: 'A file of an import is larger than osdkit reads.',
    remedy: 'Exports of task sequences have some MiB: check what the file is.',
  },
  APP_IMPORT_OBJECT: {
    title: 'An object that an export carries is not what its place says.',
    remedy: 'Export again; the message names object and key.',
  },
  APP_IMPORT_CONTENT: {
    title: 'Content beside an export is not the content that was exported.',
    remedy: 'Copy the folder <name>_files again from where it was exported.',
  },
  APP_EXPORT_FOLDER: {
    title: 'The folder for the content of an export is there already.',
    remedy: 'Choose another --output, or export with --no-content.',
  },
  APP_ANSWERS_FILE: {
    title: 'An answers file is not what is expected.',
    remedy: 'Write YAML or JSON: `QUESTION: answer`, and `{secret: ...}` for a password.',
  },
  APP_NAME_TAKEN: {
    title: 'The site has an object of this name.',
    remedy: 'Choose another name, or edit the one that is there.',
  },
  APP_FACTS_FILE: {
    title: 'A file of facts is not what is expected.',
    remedy: 'Facts are one JSON object in UTF-8.',
  },
  APP_DEPLOYMENT_TARGET: {
    title: 'A high-risk deployment must not go to this collection.',
    remedy: 'Choose one that `osdkit deployment targets` lists.',
  },
  APP_DEPLOYMENT_HIDDEN: {
    title: 'A high-risk deployment to a collection above the default size of the site.',
    remedy: 'Choose a smaller one, or give --show-larger.',
  },
  APP_DEPLOYMENT_CONSENT: {
    title: 'A high-risk deployment has warnings that nobody agreed to.',
    remedy: 'Read them; --yes-high-risk agrees, and the deployment keeps who agreed and when.',
  },
  APP_BOOT_IMAGE_CONTENT: {
    title: 'The bytes of a boot image of the site are nowhere to be found.',
    remedy: 'Take the WIM file into the site again: osdkit image import.',
  },
  APP_AUTOMATIC: {
    title: 'SMSTSPreferredAdvertID names a deployment that no medium can start.',
    remedy: 'Give the id of a deployment to media and PXE; osdkit deployment list shows them.',
  },
  APP_POLICY_UNSIGNED: {
    title: 'The policy on a medium is not signed.',
    remedy: 'Give the password of the site keys with --site-password-file.',
  },
});
