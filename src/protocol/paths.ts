/** Where osdkit's own files lie on every medium and inside its boot.wim. Segments joined by `/`. */
export const mediaPath = {
  folder: 'osdkit',
  media: 'osdkit/media.json',
  manifest: 'osdkit/manifest.json',
  variables: 'osdkit/variables',
  bootstrap: 'osdkit/bootstrap.json',
  policy: 'osdkit/policy.json',
} as const;

/** Version of every container in this folder; a reader refuses any other. */
export const protocolVersion = 1;
