/** The decider of a site: asks the state, decides, and writes down what was offered and who was seen. */
import { type BootChoice, type BootClient, chooseLoader, REASONS } from '../../../pxe/boot/index.ts';
import type { PxeSettings, Site, SiteObject } from '../../model/index.ts';
import type { BootOffer, BootRecord, BootStateStore } from '../../store/index.ts';
import { choiceOf } from './decide-choice.ts';
import { asking, type Decision, decideForSite } from './decide-rules.ts';
import type { PublishedImages, SiteDecider } from './decide-types.ts';
import { clientPathKey } from './identity-path.ts';

export interface SiteDeciderOptions {
  readonly site: Site;
  readonly point: SiteObject<'distributionPoint'>;
  readonly images: PublishedImages;
  readonly state: BootStateStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const noRecord: BootRecord = { delivered: [], tries: [], start: null, approval: null };

/** For one state of the site: after a change make another. `decide` rejects with what the state throws. */
export function siteDecider({ site, point, images, state, now }: SiteDeciderOptions): SiteDecider {
  const settings: PxeSettings = point.value.pxe ?? { enabled: false };
  return {
    async decide(client, ownAddress) {
      const at = now();
      const { subject } = asking(site, client);
      const record = subject === null ? noRecord : await state.read(subject, at);
      const decision = decideForSite({ site, point, images, client, record, at });
      const choice = choiceOf(decision, settings, images, client, ownAddress);
      const { candidate, image, counts } = decision;
      const loader = chooseLoader(client.firmware, choice);
      if (subject !== null && candidate !== null && image !== null && loader.kind !== 'silence') {
        const offer: BootOffer = {
          ...subject,
          client: clientPathKey(client),
          deployment: candidate.deployment.id,
          bootImage: image.bootImage,
          version: image.version,
          required: decision.usesUp,
          at,
        };
        await state.offer(offer, counts);
      }
      state.seen(sighting(client, decision, choice, at));
      return choice;
    },
  };
}

function sighting(client: BootClient, decision: Decision, choice: BootChoice, at: number) {
  const { identity, code, candidate } = decision;
  const loader = chooseLoader(client.firmware, choice);
  return {
    client: clientPathKey(client),
    mac: client.mac,
    guid: client.guid,
    architecture: client.architecture.name,
    firmware: client.firmware,
    identity: identity.kind === 'known' ? `known ${identity.device.name}` : identity.kind,
    code,
    text:
      loader.kind === 'silence' && candidate !== null
        ? `${choice.why.text}; ${REASONS[loader.reason]}`
        : choice.why.text,
    deployment: candidate?.deployment.id ?? null,
    at,
  };
}
