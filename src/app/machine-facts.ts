/** The facts of a computer that a command names: a JSON file, or the record of a device of the site. */
import { readToEnd } from '../../images/bytes/index.ts';
import { InputError } from '../core/index.ts';
import { normalMac, type Site } from '../model/index.ts';
import { type MachineFacts, parseFacts } from '../sequence/index.ts';
import { appCode } from './codes.ts';
import { findObject } from './find-object.ts';
import { saveAsUtf8, utf8Text } from './utf8-text.ts';

/** Facts with recorded files and registry keys; larger ones were not made by people. */
const limit = 16 * 1024 * 1024;

/** Facts of `FACTS.json`, or of the device of that name. Throws InputError (`APP_FACTS_FILE`, `APP_OBJECT`, `SEQUENCE_FACTS`). */
export async function factsOf(site: Site, text: string): Promise<MachineFacts> {
  return /\.json$/i.test(text) ? readFactsFile(text) : factsOfDevice(site, text);
}

async function readFactsFile(path: string): Promise<MachineFacts> {
  const refused = (why: string, hint: string, cause?: unknown): InputError =>
    new InputError(appCode.APP_FACTS_FILE, `${path}: ${why}`, { details: { path }, hint, cause });
  const text = utf8Text(await readToEnd(path, limit));
  if (text === undefined) throw refused('is not UTF-8 text', saveAsUtf8);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw refused('is not JSON', 'Facts are one JSON object.', error);
  }
  return parseFacts(data, path);
}

function factsOfDevice(site: Site, name: string): MachineFacts {
  const { value } = findObject(site, name, ['device']);
  return {
    name: value.name,
    ...(value.macAddresses === undefined ? {} : { macAddresses: value.macAddresses.map(normalMac) }),
    ...(value.smbiosGuid === undefined ? {} : { smbiosGuid: value.smbiosGuid }),
    ...(value.serialNumber === undefined ? {} : { serialNumber: value.serialNumber }),
    ...(value.assetTag === undefined ? {} : { assetTag: value.assetTag }),
    ...(value.architecture === undefined ? {} : { architecture: value.architecture }),
  };
}
