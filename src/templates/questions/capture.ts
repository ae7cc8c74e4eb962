/** The pages about the captured image (TPL-65 to TPL-68, TPL-89). */
import { ACCOUNT } from './general.ts';
import { flag, reference, secret, text } from './question.ts';

const kinds = ['build-and-capture', 'capture'] as const;
const capture = { page: 'Capture Image', kinds } as const;
const properties = { page: 'Image Properties', kinds } as const;

export const captureQuestions = {
  sysprepPackage: reference('Package with Sysprep', 'package', {
    page: 'Capture Image',
    kinds: [],
    refused: 'only systems before Windows Vista need one, and these are not deployed (TPL-65)',
  }),
  imageCreator: text('Who makes the image', properties, { max: 255 }),
  imageVersion: text('Version of the image', properties, { max: 32 }),
  imageDescription: text('Description of the image', properties, { max: 255 }),
  capturePath: text(
    'Network folder and name of the WIM file',
    { ...capture, required: kinds },
    {
      pattern: /^\\\\[^\\/:*?"<>|]+(\\[^\\/:*?"<>|]+)+\\[^\\/:*?"<>|]+\.wim$/i,
      says: 'a network path to a WIM file, such as \\\\server\\share\\reference.wim',
    },
  ),
  captureAccount: text(
    'Windows account with rights on the share, DOMAIN\\user',
    { ...capture, required: kinds },
    ACCOUNT,
  ),
  capturePassword: secret('Password of that account', { ...capture, required: kinds }),
  overwrite: flag('Replace a WIM file that is there', { ...capture, default: false }),
};
