/** Members: unknown computers belong to Unknown Computers only (SITE-06), users and devices do not mix, CSV files are there. */
import type { SiteObject } from '../../model/index.ts';
import { siteCode } from '../codes.ts';
import { deviceNamed } from '../members.ts';
import { parseConditions } from '../rule-conditions.ts';
import type { Check, CheckContext } from './types.ts';

export const checkCollections: Check = (context) => {
  for (const collection of context.site.all('collection')) {
    if (collection.builtIn) continue;
    checkKinds(context, collection);
    checkCsv(context, collection);
    (collection.value.members?.rules ?? []).forEach(({ condition }, index) => {
      for (const problem of parseConditions(condition).problems) {
        context.report(collection, ['members', 'rules', index, ...problem.path], problem);
      }
    });
  }
};

function checkKinds({ site, report }: CheckContext, collection: SiteObject<'collection'>): void {
  const { type, members = {}, limiting } = collection.value;
  const wrong = type === 'user' ? 'devices' : 'users';
  if (members[wrong] !== undefined) {
    report(collection, ['members', wrong], {
      code: siteCode.SITE_CHOICE,
      message: `a collection of ${type}s has no ${wrong}`,
      atKey: true,
    });
  }
  const others = [
    ...(limiting === undefined ? [] : [{ name: limiting, path: ['limiting'] }]),
    ...(members.include ?? []).map((name, index) => ({ name, path: ['members', 'include', index] })),
    ...(members.exclude ?? []).map((name, index) => ({ name, path: ['members', 'exclude', index] })),
  ];
  for (const { name, path } of others) {
    const other = site.find('collection', name);
    if (!other?.value || other.value.type === type) continue;
    report(collection, path, {
      code: siteCode.SITE_CHOICE,
      message: `${name} is a collection of ${other.value.type}s, this one of ${type}s`,
    });
  }
  (members.devices ?? []).forEach((name, index) => {
    if (site.find('device', name)?.builtIn !== true) return;
    const message = `${name} is a member of Unknown Computers only (SITE-06)`;
    report(collection, ['members', 'devices', index], { code: siteCode.SITE_UNKNOWN_COMPUTERS, message });
  });
}

function checkCsv({ site, report }: CheckContext, collection: SiteObject<'collection'>): void {
  const { csv } = collection.value.members ?? {};
  if (csv === undefined) return;
  const path = ['members', 'csv'];
  const listed = site.memberList(csv);
  if (!listed) {
    report(collection, path, { code: siteCode.SITE_REFERENCE, message: `the site has no file ${JSON.stringify(csv)}` });
    return;
  }
  if (collection.value.type === 'user') return;
  const missing = listed.filter((text) => deviceNamed(site, text) === undefined);
  if (missing.length === 0) return;
  const message = `${csv} lists ${missing.length} devices that the site does not have: ${missing.slice(0, 5).join(', ')}`;
  report(collection, path, { code: siteCode.SITE_REFERENCE, message });
}
