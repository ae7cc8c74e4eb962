/** Error codes of `src/store`. */
import { registerCodes } from '../core/index.ts';

export const storeCode = registerCodes({
  STORE_NO_SITE: {
    title: 'The folder is no site: it has no site.yaml.',
    remedy: 'Give the folder that `osdkit init` made, or make one.',
  },
  STORE_PATH: {
    title: 'A path does not name a file of a site.',
    remedy: 'Names are relative, without `..`, and lie in site.yaml, devices.csv or a folder of objects.',
  },
  STORE_CHANGED: {
    title: 'A file of the site changed since it was read.',
    remedy: 'Look at the change, then run the command again.',
  },
  STORE_LIMIT: {
    title: 'A site is larger than osdkit reads.',
    remedy: 'A YAML file has at most 4 MiB, a CSV file 64 MiB, a site 200,000 files.',
  },
  STORE_LINK: {
    title: 'A file of the site is a link or no ordinary file.',
    remedy: 'Put the file itself there: a link would leave the site.',
  },
  STORE_CONTENT_MISSING: {
    title: 'Content is not in the content library.',
    remedy: 'Add it: osdkit content add, osdkit image import.',
  },
  STORE_CONTENT_HASH: {
    title: 'A file of the content library is not what its name says.',
    remedy: 'It was changed or damaged: delete it and add the content again.',
  },
  STORE_EXISTS: {
    title: 'A file that a new site needs is there already.',
    remedy: 'Give a folder without a site; nothing is overwritten.',
  },
  STORE_STATE_DAMAGED: {
    title: 'The state of network boot (state/osdkit.db) is damaged.',
    remedy:
      'Stop osdkit, rename the file aside and start again; look at required deployments first: what was delivered is forgotten.',
  },
  STORE_STATE_BUSY: {
    title: 'Another process holds the state of network boot for too long.',
    remedy: 'Try again; look which process has the file open.',
  },
  STORE_STATE_WRITE: {
    title: 'The state of network boot cannot be read or written: disk full, no permission, disk failing.',
    remedy: 'Free space, and let the user of osdkit write to the folder `state` of the site.',
  },
  STORE_STATE_DRIVER: {
    title: 'The database of the state does not load on this system.',
    remedy: 'Install osdkit with its optional packages, on Linux, macOS or Windows x64.',
  },
  STORE_STATE_FOREIGN: {
    title: 'The file of the state is a database of another program.',
    remedy: 'Move it away.',
  },
  STORE_STATE_NEWER: {
    title: 'A newer osdkit wrote the state of network boot.',
    remedy: 'Use that one.',
  },
});
