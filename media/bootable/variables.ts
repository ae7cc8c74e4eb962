/** What may be on the medium: secrets only sealed, and never where nobody can type the password (product principle 2). */
import { InputError, type Problem } from '../../src/core/index.ts';
import { isSecret, variableKey } from '../../src/model/index.ts';
import { writePlainVariables, writeSealedVariables } from '../../src/protocol/index.ts';
import { bootableCode } from './codes.ts';
import type { BootableSpec } from './types.ts';

type Request = Pick<BootableSpec, 'variables' | 'password' | 'unattended' | 'site'>;

/** Throws InputError: `MEDIA_SECRETS_WITHOUT_PASSWORD`, `MEDIA_UNATTENDED_SECRETS`. Returns what is worth knowing. */
export function checkVariables(request: Request): Problem[] {
  const secrets = request.variables.filter(isSecret).map(({ name }) => name);
  const notes: Problem[] = [];
  if (secrets.length > 0 && request.unattended) {
    throw new InputError(
      bootableCode.MEDIA_UNATTENDED_SECRETS,
      `--unattended with secret variables (${secrets.join(', ')}): nobody is there to type the password`,
      {
        details: { variables: secrets },
        hint: 'A key on the medium itself would protect nothing. Leave out --unattended, or the secrets.',
      },
    );
  }
  if (secrets.length > 0 && !request.password) {
    throw new InputError(
      bootableCode.MEDIA_SECRETS_WITHOUT_PASSWORD,
      `secret variables (${secrets.join(', ')}) without a password`,
      { details: { variables: secrets }, hint: 'Give the password of the medium with --password-file.' },
    );
  }
  if (secrets.length === 0 && request.password) {
    notes.push({
      code: bootableCode.MEDIA_UNUSED_PASSWORD,
      severity: 'warning',
      message: 'a password was given, but no variable is secret: the variables are written in the clear',
      hint: 'Mark a variable as secret in --variables-file: `NAME: {secret: value}`.',
    });
  }
  const deployment = request.variables.some(({ name }) => variableKey(name) === 'SMSTSPREFERREDADVERTID');
  // Of a site the recipe is judged as a whole, by what its deployments are.
  if (request.unattended && !deployment && !request.site) {
    notes.push({
      code: bootableCode.MEDIA_UNATTENDED_NO_DEPLOYMENT,
      severity: 'note',
      message: 'unattended without SMSTSPreferredAdvertID: only a required deployment will run by itself',
    });
  }
  return notes;
}

/**
 * The container for the medium and its boot.wim: plain, or sealed as a whole when one variable is secret. Of a site only the secrets:
 * the others are in the bootstrap.
 */
export async function variablesContainer(request: Request, mediaId: string): Promise<Uint8Array> {
  const { password, site } = request;
  const variables = site ? request.variables.filter(isSecret) : request.variables;
  if (password && variables.some(isSecret)) return writeSealedVariables(variables, password, mediaId);
  return writePlainVariables(variables);
}
