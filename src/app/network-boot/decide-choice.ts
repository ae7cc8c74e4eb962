/** A decision as what `pxe/boot` answers with: purpose, files, prompt. */
import type { BootChoice, BootClient } from '../../../pxe/boot/index.ts';
import type { PxeSettings } from '../../model/index.ts';
import { DECISION_REASONS } from './decide-reasons.ts';
import type { Decision } from './decide-rules.ts';
import type { PublishedImages } from './decide-types.ts';

const MENU_SECONDS = 10;

export function choiceOf(
  decision: Decision,
  settings: PxeSettings,
  images: Pick<PublishedImages, 'common'>,
  client: BootClient,
  ownAddress: string,
): BootChoice {
  const { code, text, purpose, image, candidate } = decision;
  const common = images.common(client, ownAddress);
  const lacking = image?.whyNot(client);
  return {
    purpose,
    files: image === null ? common : { ...common, ...image.filesFor(client, ownAddress) },
    menu:
      settings.menu === true && purpose === 'available'
        ? {
            prompt: 'Press F8 to install over the network',
            timeout: settings.menuTimeout ?? MENU_SECONDS,
            localText: 'Start from this computer',
            bootText: candidate?.deployment.sequence.name ?? 'Install',
          }
        : null,
    preferLoaderUrl: settings.httpLoader === true,
    fastReturn: settings.abortWithoutDeployment === true,
    why: { code, text: `${DECISION_REASONS[code]} (${text})${lacking === undefined ? '' : `; ${lacking}`}` },
  };
}
