/** Who runs a command, also where the system has no name for the user. */
import { userInfo } from 'node:os';
import { expect, test } from 'vitest';
import { currentUser } from '../../src/cli/current-user.ts';

test('the name of the user; without one its number', () => {
  expect(currentUser()).toBe(userInfo().username);
  const number = /^(uid \d+|unknown)$/;
  expect(currentUser(() => ({ username: '' }))).toMatch(number);
  // userInfo() throws so where no account has the number of the user.
  const none = (): never => {
    throw new Error('uv_os_get_passwd returned ENOENT');
  };
  expect(currentUser(none)).toMatch(number);
});
