/** `BootStateStore` over one connection. */
import { stateError } from './state-errors.ts';
import type { Database, Statement, Value } from './state-libsql.ts';
import { clientQueries, type Row, rowsAs } from './state-rows.ts';
import { waitingSightings } from './state-sightings.ts';
import { prepareStatements, rollBack } from './state-statements.ts';
import {
  type BootStateLimits,
  type BootStateStore,
  type BootSubject,
  type BootSubjects,
  TRIES_KEPT,
} from './state-types.ts';

const matching = ({ subject, mac, guid }: BootSubject): Value[] => [subject, guid, guid, mac];

/** Everything that the commands clear of a computer, one `IN` list a column. */
function ofAny({ subjects, macs, guids }: BootSubjects): { readonly where: string; readonly values: Value[] } {
  const list = (values: readonly string[]) => values.map(() => '?').join(', ');
  return {
    where: `(subject IN (${list(subjects)}) OR mac IN (${list(macs)}) OR guid IN (${list(guids)}))`,
    values: [...subjects, ...macs, ...guids],
  };
}

export function stateDatabase(database: Database, place: string, limits: BootStateLimits): BootStateStore {
  const clients = clientQueries(database);
  const sql = (text: string): Statement => database.prepare(text);
  const statements = prepareStatements(database);

  let durable: boolean | undefined;
  /** One transaction; `lasting`: on the disk when it returns. */
  function write<T>(what: string, lasting: boolean, work: () => T): T {
    try {
      if (durable !== lasting) database.exec(`PRAGMA synchronous = ${lasting ? 'FULL' : 'NORMAL'}`);
      durable = lasting;
      database.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        database.exec('COMMIT');
        return result;
      } catch (error) {
        rollBack(database);
        throw error;
      }
    } catch (error) {
      throw stateError(error, place, what);
    }
  }
  function read<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw stateError(error, place, 'reading it');
    }
  }

  let trimmed = 0;
  const sightings = waitingSightings(limits.waiting, (seen, addresses) =>
    write('writing who was seen', false, () => {
      for (const each of seen) {
        const { client, mac, guid, architecture, firmware, identity, code, text, deployment, at } = each;
        statements.seen.run(client, mac, guid, architecture, firmware, identity, code, text, deployment, at, at);
      }
      for (const [client, address] of addresses) statements.locate.run(address, client);
      const last = seen.at(-1)?.at ?? 0;
      if (last - trimmed < 10_000) return;
      trimmed = last;
      statements.oldTries.run(last - TRIES_KEPT);
      statements.mostTries.run(limits.tries);
      statements.mostClients.run(limits.clients);
      statements.mostOffers.run(limits.offers);
    }),
  );
  let seenVersion = versionOf(statements.version);

  return {
    place,
    read: async (subject, at) =>
      read(() => {
        const who = matching(subject);
        return rowsAs.record({
          delivered: statements.delivered.all(...who),
          tries: statements.tries.all(...who, at - TRIES_KEPT),
          start: statements.start.get(...who, at),
          approval: statements.approval.get(...who),
        });
      }),
    offer: async (offer, counts) =>
      write('writing an offer', false, () => {
        const { client, subject, mac, guid, deployment, bootImage, version, required, at } = offer;
        statements.offer.run(client, subject, mac, guid, deployment, bootImage, version, required ? 1 : 0, at);
        if (counts) statements.addTry.run(subject, mac, guid, deployment, at);
      }),
    deliver: async (client, version, at) =>
      write('writing a delivery', true, () => {
        const row = statements.open.get(client, version) as Row | undefined;
        if (row === undefined) return null;
        const offer = rowsAs.offer(row);
        statements.done.run(at, client);
        const { subject, mac, guid, deployment } = offer;
        if (offer.required) statements.use.run(subject, mac, guid, deployment, version, at);
        statements.started.run(...matching(offer), deployment);
        return offer;
      }),
    clear: async (subjects) =>
      write('clearing', true, () => {
        const { where, values } = ofAny(subjects);
        const delivered = sql(`SELECT subject, deployment, version, at FROM delivered WHERE ${where} ORDER BY id`);
        const found = delivered.all(...values).map((row) => rowsAs.delivery(row as Row));
        sql(`DELETE FROM delivered WHERE ${where}`).run(...values);
        const tries = sql(`DELETE FROM tries WHERE ${where}`).run(...values).changes;
        const starts = sql(`DELETE FROM starts WHERE ${where}`).run(...values).changes;
        return { delivered: found, tries, starts };
      }),
    start: async (start) =>
      write('writing what may start', true, () => {
        const { subject, mac, guid, deployment, by, at, expires } = start;
        statements.setStart.run(subject, mac, guid, deployment, by, at, expires);
        statements.noTries.run(...matching(start));
      }),
    approve: async ({ subject, mac, guid, by, at }) =>
      write('writing an approval', true, () => void statements.approve.run(subject, mac, guid, by, at)),
    disapprove: async (subjects) =>
      write('taking an approval back', true, () => {
        const { where, values } = ofAny(subjects);
        return sql(`DELETE FROM approvals WHERE ${where}`).run(...values).changes;
      }),
    approvals: async () => read(() => statements.approvals.all().map((row) => rowsAs.approval(row as Row))),
    seen: sightings.add,
    located: sightings.locate,
    client: async (key) =>
      read(() => {
        sightings.write();
        return clients.one(key);
      }),
    clients: async (most) =>
      read(() => {
        sightings.write();
        return clients.newest(most);
      }),
    changed() {
      let version = seenVersion;
      try {
        version = versionOf(statements.version);
      } catch {
        // Whoever reads or writes next is told.
      }
      const different = version !== seenVersion;
      seenVersion = version;
      return different;
    },
    flush: async () => sightings.write(),
    async close() {
      try {
        sightings.close();
      } finally {
        database.close();
      }
    },
  };
}

function versionOf(statement: Statement): number {
  return Number((statement.get() as { readonly data_version: unknown }).data_version);
}
