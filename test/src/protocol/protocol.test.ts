/** Containers of the protocol: canonical, versioned, sealed so that equal inputs give equal bytes and a wrong guess gives nothing. */
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../src/core/index.ts';
import {
  canonicalJson,
  isSealed,
  mediaId,
  readManifest,
  readMediaDocument,
  readVariables,
  writeManifest,
  writeMediaDocument,
  writePlainVariables,
  writeSealedVariables,
  type MediaPlanDocument,
} from '../../../src/protocol/index.ts';

const plan: MediaPlanDocument = {
  type: 'BootMedia',
  tool: { name: 'osdkit', version: '0.1.0' },
  architecture: 'x64',
  label: 'OSDKIT',
  layout: 'mbr',
  signingCa: '2011',
  imageIndex: 1,
  unattended: false,
  start: null,
  expires: null,
  inputs: [{ role: 'boot-image', size: 5, sha256: 'ab'.repeat(32) }],
  variables: { A: '1' },
  secretVariables: [],
};
const id = mediaId(plan);
const variables = [
  { name: 'OSDJoinPassword', value: new Secret('hunter2 and more') },
  { name: 'SMSTSPreferredAdvertID', value: 'ABC20001' },
];

describe('canonical JSON', () => {
  it('gives the text of RFC 8785 3.2.3', () => {
    expect(canonicalJson({ '\u20ac': 1, '\r': 2, '1': 4, '\u0080': 6, b: [1e21, 0.000001, true, null] })).toBe(
      '{"\\r":2,"1":4,"b":[1e+21,0.000001,true,null],"\u0080":6,"\u20ac":1}',
    );
  });
});

describe('media.json', () => {
  it('round-trips without variables, and its id depends on every part of the plan', () => {
    const document = readMediaDocument(writeMediaDocument(plan));
    expect(document).toMatchObject({ osdkit: 1, mediaId: id, type: 'BootMedia' });
    expect(document).not.toHaveProperty('variables');
    for (const other of [
      { label: 'OTHER' },
      { variables: { A: '2' } },
      { unattended: true },
      { secretVariables: ['X'] },
    ]) {
      expect(mediaId({ ...plan, ...other })).not.toBe(id);
    }
  });

  it('refuses other versions, unknown keys and broken text by name', () => {
    const bytes = (text: string) => new TextEncoder().encode(text);
    expect(() => readMediaDocument(bytes('{"osdkit":2}'))).toThrow(/version 2, this osdkit reads version 1/);
    expect(() => readMediaDocument(bytes('{"osdkit":1'))).toThrow(/media.json: not a JSON document/);
    const extra = JSON.stringify({ ...JSON.parse(new TextDecoder().decode(writeMediaDocument(plan))), more: 1 });
    expect(() => readMediaDocument(bytes(extra))).toThrow(/osdkit\/media.json: .*more/);
  });
});

describe('manifest', () => {
  it('sorts by path and round-trips', () => {
    const files = ['b', 'a', 'B'].map((path) => ({ path, size: 1, sha256: 'cd'.repeat(32) }));
    const back = readManifest(writeManifest({ mediaId: id, files, inputs: plan.inputs, signature: '' }));
    expect(back.files.map(({ path }) => path)).toEqual(['B', 'a', 'b']);
    expect(back.signature).toBe('');
  });
});

describe('variables', () => {
  it('plain: reads back what was written', async () => {
    const container = writePlainVariables([{ name: 'A', value: '1' }]);
    expect(isSealed(container)).toBe(false);
    expect(await readVariables(container)).toEqual([{ name: 'A', value: '1' }]);
  });

  it('sealed: equal inputs give equal bytes; other plaintexts, passwords and media give other nonces', async () => {
    const sealed = await writeSealedVariables(variables, new Secret('pw'), id);
    expect(sealed).toEqual(await writeSealedVariables(variables, new Secret('pw'), id));
    const nonce = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(52, 64)).toString('hex');
    const others = [
      await writeSealedVariables(variables.slice(1), new Secret('pw'), id),
      await writeSealedVariables(variables, new Secret('pW'), id),
      await writeSealedVariables(variables, new Secret('pw'), 'ef'.repeat(32)),
    ];
    expect(new Set([sealed, ...others].map(nonce)).size).toBe(4);
  });

  it('sealed: opens with the password alone, and shows neither names nor values', async () => {
    const sealed = await writeSealedVariables(variables, new Secret('pw'), id);
    expect(isSealed(sealed)).toBe(true);
    const text = Buffer.from(sealed).toString('latin1');
    for (const shown of ['hunter2', 'OSDJoin', 'ABC20001', 'SMSTS']) expect(text).not.toContain(shown);
    const opened = await readVariables(sealed, new Secret('pw'));
    expect(opened[0]?.value).toBeInstanceOf(Secret);
    expect((opened[0] as { value: Secret }).value.reveal()).toBe('hunter2 and more');
    await expect(readVariables(sealed)).rejects.toMatchObject({ code: 'PROTOCOL_PASSWORD_MISSING' });
    await expect(readVariables(sealed, new Secret('no'))).rejects.toMatchObject({ code: 'PROTOCOL_PASSWORD_WRONG' });
  });

  it('sealed: a change of any byte is refused', async () => {
    const sealed = await writeSealedVariables(variables, new Secret('pw'), id);
    // Byte 16 is the cost: a change there must not make the reader work longer than its limit allows.
    for (const at of [0, 8, 10, 12, 16, 17, 19, 20, 52, 64, 80, sealed.length - 1]) {
      const changed = sealed.slice();
      changed[at] = (changed[at] as number) ^ 0x41;
      await expect(readVariables(changed, new Secret('pw')), `byte ${at}`).rejects.toMatchObject({
        code: expect.stringMatching(/^PROTOCOL_/),
      });
    }
    await expect(readVariables(sealed.subarray(0, 70), new Secret('pw'))).rejects.toThrow();
  });
});
