/** The tables of `state/osdkit.db`. A change of them is a new entry of MIGRATIONS; the earlier ones stay as they are. */

/** `PRAGMA application_id`: "osdk". */
export const APPLICATION_ID = 0x6f73646b;

/** Each from the version of its index to the next; `PRAGMA user_version` counts them. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE delivered (
    id INTEGER PRIMARY KEY, subject TEXT NOT NULL, mac TEXT, guid TEXT, deployment TEXT NOT NULL,
    version TEXT NOT NULL, at INTEGER NOT NULL, UNIQUE (subject, deployment)
  ) STRICT;
  CREATE TABLE tries (
    id INTEGER PRIMARY KEY, subject TEXT NOT NULL, mac TEXT, guid TEXT, deployment TEXT NOT NULL, at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE starts (
    id INTEGER PRIMARY KEY, subject TEXT NOT NULL UNIQUE, mac TEXT, guid TEXT, deployment TEXT,
    by TEXT NOT NULL, at INTEGER NOT NULL, expires INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE approvals (
    id INTEGER PRIMARY KEY, subject TEXT NOT NULL UNIQUE, mac TEXT, guid TEXT, by TEXT NOT NULL, at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE offers (
    client TEXT PRIMARY KEY, subject TEXT NOT NULL, mac TEXT, guid TEXT, deployment TEXT NOT NULL, bootImage TEXT NOT NULL,
    version TEXT NOT NULL, required INTEGER NOT NULL, at INTEGER NOT NULL, delivered INTEGER
  ) STRICT;
  CREATE TABLE clients (
    client TEXT PRIMARY KEY, mac TEXT, guid TEXT, architecture TEXT NOT NULL, firmware TEXT NOT NULL, identity TEXT NOT NULL,
    code TEXT NOT NULL, text TEXT NOT NULL, deployment TEXT, at INTEGER NOT NULL, firstSeen INTEGER NOT NULL,
    address TEXT
  ) STRICT;
  CREATE INDEX deliveredMac ON delivered (mac);
  CREATE INDEX deliveredGuid ON delivered (guid);
  CREATE INDEX triesSubject ON tries (subject);
  CREATE INDEX triesMac ON tries (mac);
  CREATE INDEX triesGuid ON tries (guid);
  CREATE INDEX triesAt ON tries (at);
  CREATE INDEX startsMac ON starts (mac);
  CREATE INDEX startsGuid ON starts (guid);
  CREATE INDEX approvalsMac ON approvals (mac);
  CREATE INDEX approvalsGuid ON approvals (guid);
  CREATE INDEX offersAt ON offers (at);
  CREATE INDEX clientsAt ON clients (at);
  CREATE INDEX clientsMac ON clients (mac);
  CREATE INDEX clientsGuid ON clients (guid);
  `,
];

/** Rows of one computer, as `BootSubject` says: parameters subject, guid, guid, mac. */
export const OF_SUBJECT = '(subject = ? OR guid = ? OR ((guid IS NULL OR ? IS NULL) AND mac = ?))';
