/** Error codes of `src/exchange`. */
import { registerCodes } from '../core/index.ts';

export const exchangeCode = registerCodes({
  EXCHANGE_XML: {
    title: 'XML of an import is not well formed, or is in no encoding that XML readers know.',
    remedy: 'Export it again; the message names the document, line and column.',
  },
  EXCHANGE_XML_DOCTYPE: {
    title: 'XML of an import declares a document type, which could define entities.',
    remedy: 'Neither ConfigMgr nor MDT writes one: do not trust the file; export it again.',
  },
  EXCHANGE_XML_CHARACTER: {
    title: 'A text or name to be exported holds a character that XML cannot hold there.',
    remedy: 'Remove the character from what the message names.',
  },
  EXCHANGE_LIMIT: {
    title: 'An import exceeds a limit: size, number of entries or elements, depth, compression ratio.',
    remedy:
      'The message names limit and value; no export of ConfigMgr or MDT comes near, so look at where the file is from.',
  },
  EXCHANGE_SEQUENCE: {
    title: 'XML that should be a task sequence is something else.',
    remedy: 'Give a zip that ConfigMgr exported, a ts.xml of MDT, or the Control folder of a deployment share.',
  },
  EXCHANGE_SEQUENCE_VERSION: {
    title: 'A task sequence has a schema version that osdkit does not know.',
    remedy: 'Versions 3.00 (MDT) and 3.10 (ConfigMgr) are read. Report the newer one.',
  },
  EXCHANGE_OBJECT: {
    title: 'An object.xml of an export is not the object that its place says.',
    remedy: 'Export the task sequence again.',
  },
  EXCHANGE_ZIP: {
    title: 'A file is not a zip, or it is cut off or damaged.',
    remedy: 'Copy or export it again.',
  },
  EXCHANGE_ZIP_NAME: {
    title: 'A zip has an entry whose name leaves the folder, is absolute, or occurs twice.',
    remedy: 'No export has such a name: do not trust the file.',
  },
  EXCHANGE_ZIP_METHOD: {
    title: 'A zip has an entry that is encrypted or compressed by a method other than stored and deflate.',
    remedy: 'Make the zip again without encryption, stored or deflated.',
  },
  EXCHANGE_PACKAGE: {
    title: 'A zip is no export of task sequences.',
    remedy: 'Export task sequences from the ConfigMgr console (Export Task Sequence) or by osdkit.',
  },
  EXCHANGE_CONTENT_MISSING: {
    title: 'An export with content lacks its `_files` folder, or files of it.',
    remedy: 'Put the folder `<name>_files` beside the zip, as it was when it was exported.',
  },
  EXCHANGE_ARGUMENT: {
    title: 'An export cannot be made from what was given.',
    remedy: 'The message names the value; choose another.',
  },
  EXCHANGE_LAYOUT: {
    title: 'An export carries dependencies or content in the layout of osdkit.',
    remedy: 'Import it with osdkit. For ConfigMgr export without them, and map the references there.',
  },
  EXCHANGE_STEP_UNKNOWN: {
    title: 'A step has a type that osdkit does not know.',
    remedy: 'It is kept as data. Replace or disable it before the sequence is deployed.',
  },
  EXCHANGE_CONDITION_UNREADABLE: {
    title: 'A condition has an expression that osdkit does not know.',
    remedy: 'It is kept as data. Write the condition anew before the sequence is deployed.',
  },
  EXCHANGE_LEFTOVER: {
    title: 'A known step or group has data that its definition does not know.',
    remedy: 'It is kept under `extra` and exported again; it has no effect here.',
  },
  EXCHANGE_ACTION: {
    title: 'The command line of a step is not the one that its properties give.',
    remedy: 'It is kept under `extra`; remove it there when the properties say what is meant.',
  },
  EXCHANGE_SECRET_BLANK: {
    title: 'A password or product key is missing: exports never carry them.',
    remedy: 'Type it again in the step that the message names.',
  },
  EXCHANGE_SECRET_PLAIN: {
    title: 'An import carries a password in plain text.',
    remedy: 'Seal it in the site, and change it: whoever had the file has it.',
  },
  EXCHANGE_REFERENCE: {
    title: 'A task sequence refers to an object that the import does not hold.',
    remedy: 'Map it to an object of the site.',
  },
});
