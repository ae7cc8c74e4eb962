/** What `/healthz` says: 200 while boot clients can be served, 503 with what is missing otherwise. */

export interface HealthParts {
  /** `null`: not part of this run. */
  readonly dhcp: PartHealth | null;
  readonly tftp: PartHealth | null;
  readonly http: PartHealth | null;
  /** Boot images that are offered. */
  readonly images: number;
  readonly stopping: boolean;
  /** Why the last change of the site was not taken over; clients are served from the one before. */
  readonly siteProblem: string | null;
}

export type PartHealth = { readonly up: true } | { readonly up: false; readonly why: string };

export interface Health {
  readonly ok: boolean;
  readonly lines: readonly string[];
}

/** A bad change of the site is told, yet no reason to take the server out of service: it goes on with the last good one. */
export function healthOf({ dhcp, tftp, http, images, stopping, siteProblem }: HealthParts): Health {
  const wrong: string[] = [];
  for (const [name, part] of Object.entries({ dhcp, tftp, http })) {
    if (part?.up === false) wrong.push(`${name}: ${part.why}`);
  }
  if (images === 0) wrong.push('no boot image is ready');
  if (stopping) wrong.push('stopping');
  const notes = siteProblem === null ? [] : [`note: the changed site was not taken over: ${siteProblem}`];
  return { ok: wrong.length === 0, lines: [wrong.length === 0 ? 'ok' : 'not ok', ...wrong, ...notes] };
}
