/** Passwords in command lines and scripts. What is a property of its own is checked with the site. */
import { lintCode } from '../codes.ts';
import { atProperty, named } from '../finding.ts';
import { textOf } from '../read-step.ts';
import type { LintFinding, LintRule } from '../types.ts';

/** Words that a password follows, and that what follows is no variable of the sequence or of PowerShell. */
const SIGNS: readonly RegExp[] = [
  /(?:^|\s)(?:--?|\/)(?:pw|pwd|pass|passwd|password|userpassword|domainpassword)(?:\s*[:=]\s*|\s+)["']?[^\s"'%$\-/(*]/i,
  /\bPASSWORD\s*=\s*["']?[^\s"'%$(*]/,
  /\bnet(?:\.exe)?\s+use\s+(?:\S+\s+){1,2}\/user:\S+\s+["']?[^\s"'%$/*]/i,
  /\bConvertTo-SecureString\s+(?:-String\s+)?["'][^"'%$]+["']\s+-AsPlainText/i,
];

const PROPERTIES = ['CommandLine', 'Parameters', 'SourceScript'] as const;

export const secretInText: LintRule = {
  code: lintCode.LINT_SECRET_IN_TEXT,
  why: 'Command lines stand in logs, in process lists and in the files of the site.',
  check: ({ steps }) =>
    steps.flatMap((node): LintFinding[] =>
      PROPERTIES.filter((property) => SIGNS.some((sign) => sign.test(textOf(node.item, property) ?? ''))).map(
        (property) =>
          atProperty(node, property, 'warning', `${named(node)}: ${property} seems to hold a password in plain text`),
      ),
    ),
};
