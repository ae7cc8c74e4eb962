/** Computer associations (SITE-17): each pair once. */
import { siteCode } from '../codes.ts';
import type { Check } from './types.ts';

export const checkAssociations: Check = ({ site, report }) => {
  const pairs = new Map<string, string>();
  for (const association of site.all('computerAssociation')) {
    const { source, target, users, accounts } = association.value;
    const key = JSON.stringify([source.toLowerCase(), target.toLowerCase()]);
    const first = pairs.get(key);
    if (first === undefined) pairs.set(key, association.name);
    else {
      const message = `${first} pairs ${source} and ${target}, too`;
      report(association, ['target'], { code: siteCode.SITE_NAME_TWICE, message });
    }
    if (users === 'listed' && (accounts ?? []).length === 0) {
      report(association, ['users'], {
        code: siteCode.SITE_CHOICE,
        message: 'users is listed, and `accounts` is missing',
      });
    }
  }
};
