/** Every reason of a decision with its words: stable codes for `pxe why`, logs and metrics. */
export const DECISION_REASONS = {
  required: 'a required deployment: it boots without a key press',
  available: 'an available deployment: the user is asked first',
  started: '`osdkit pxe start` lets it go without a prompt',
  approved: 'the unknown computer was approved',
  pointOff: 'the distribution point does not answer PXE requests',
  excluded: 'the MAC address is on the list of those that are never answered',
  noArchitecture: 'Windows PE does not run on this architecture',
  conflict: 'several devices of the site have the MAC address or GUID of this computer',
  unknownOff: 'the site has no record of this computer, and unknown computers are not served',
  unknownArchitecture:
    'the site has no record of this computer, and unknown computers of its architecture are not served',
  identityShared:
    'the site has no record of this computer, and neither its MAC address nor its GUID tells it from others',
  waitingApproval: 'the unknown computer waits for approval',
  noDeployment: 'no deployment to media and PXE reaches this computer',
  delivered: 'what is required was delivered before',
  preferredUnfit: 'SMSTSPreferredAdvertID names a deployment that cannot run here',
  startUnfit: '`osdkit pxe start` named a deployment that is not offered to this computer',
  noImage: 'no boot image of the deployments suits this computer',
  imageNotReady: 'the boot image is not published',
  tooManyTries: 'it was offered too often within an hour and never delivered: a loop',
} as const satisfies Readonly<Record<string, string>>;

export type DecisionReason = keyof typeof DECISION_REASONS;
