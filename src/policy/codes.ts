/** Error codes of `src/policy`. */
import { registerCodes } from '../core/index.ts';

export const policyCode = registerCodes({
  POLICY_FACTS: {
    title: 'The facts of a computer do not say enough for a policy.',
    remedy: 'Give the fact that the message names.',
  },
  POLICY_SEQUENCE: {
    title: 'The task sequence asked for is not in the site, or cannot run.',
    remedy: 'Correct its name, or what the message names.',
  },
  POLICY_SECRET_WITHHELD: {
    title: 'A secret is not in the policy.',
    remedy: 'Open the site with its password, and give the key of the computer that asks.',
  },
  POLICY_AUTOMATIC: {
    title: 'A part of the fully automatic recipe is missing.',
    remedy: 'It takes a hidden deployment, an unattended medium, and SMSTSPreferredAdvertID on the medium, together.',
  },
});
