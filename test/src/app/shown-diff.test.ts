/** A diff shows lines, and no secret: not in what changed, not beside it. */
import { describe, expect, test } from 'vitest';
import { shownDiff } from '../../../src/app/shown-diff.ts';
import { unifiedDiff } from '../../../src/app/unified-diff.ts';

const dots = '••••••';

describe('a diff of a file of a site', () => {
  test('without secrets is the unified diff', () => {
    const before = 'id: ABC00001\nname: A\n';
    const after = 'id: ABC00001\nname: B\n';
    expect(shownDiff('packages/a.yaml', before, after)).toBe(unifiedDiff('packages/a.yaml', before, after));
    expect(shownDiff('devices.csv', 'name\nA\n', 'name\nB\n')).toBe(
      unifiedDiff('devices.csv', 'name\nA\n', 'name\nB\n'),
    );
    expect(shownDiff('packages/a.yaml', before, before)).toBe('');
  });

  test.each<[string, string]>([
    ['a hidden variable', 'variables:\n  A: { value: hunter2, hidden: true }\n'],
    ['a hidden variable, a key a line', 'variables:\n  A:\n    hidden: true\n    value: hunter2\n'],
    [
      'a hidden variable of several lines',
      'variables:\n  A:\n    value: |\n      hunter2\n      hunter2\n    hidden: true\n',
    ],
    ['a variable that is a password by nature', 'variables:\n  osdjoinpassword: hunter2\n'],
    ['a PXE password', 'pxe:\n  password: hunter2\n'],
    ['a secret property of a step', 'steps:\n  - step: J\n    type: x\n    with: { DomainPassword: hunter2 }\n'],
    ['a product key of a step', 'steps:\n  - step: J\n    with: { ProductKey: hunter2 }\n'],
    ['a step that sets a password', 'with:\n  VariableName: OSDLocalAdminPassword\n  VariableValue: hunter2\n'],
    ['a secret of a rule', 'rules:\n  - variables: [{ name: A, value: hunter2, secret: true }]\n'],
    ['a password that an import kept', 'variables:\n  - { name: OSDJoinPassword, value: hunter2 }\n'],
  ])('%s is dots, kept, added and removed', (_what, secret) => {
    const before = `${secret}name: A\n`;
    const beside = shownDiff('x/a.yaml', before, `${secret}name: B\n`);
    for (const diff of [beside, shownDiff('x/a.yml', undefined, before), shownDiff('x/a.yaml', before, undefined)]) {
      expect(diff).not.toContain('hunter2');
      expect(diff).toContain(dots);
    }
    expect(beside).toContain('-name: A\n+name: B');
  });

  test('another secret is seen to be another one', () => {
    const text = (value: string) => `variables:\n  A: { value: ${value}, hidden: true }\n`;
    const diff = shownDiff('x/a.yaml', text('hunter2'), text('swordfish'));
    expect(diff).toContain(`+  A: { value: ${dots} (another), hidden: true }`);
    expect(diff).not.toMatch(/hunter2|swordfish/);
  });

  test('sealed text is shown: only the key of the site opens it', () => {
    expect(shownDiff('x/a.yaml', undefined, 'variables:\n  A: !secret eA==\n')).toContain('+  A: !secret eA==');
  });

  test('a file that is no YAML shows no line, for a secret may be in any', () => {
    const diff = shownDiff('x/a.yaml', 'variables: { A: { value: hunter2, hidden: true }\n', undefined);
    expect(diff).not.toContain('hunter2');
    expect(diff).toContain('x/a.yaml');
  });
});
