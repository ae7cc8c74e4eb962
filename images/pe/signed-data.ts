/**
 * One PKCS#7 SignedData of Authenticode: what digest it states, who signed it, and whether that signature holds (RFC 2315,
 * RFC 5652 5.4; "Windows Authenticode Portable Executable Signature Format"). Structure by pkijs, arithmetic by node:crypto.
 */
import { constants, createHash, verify, X509Certificate, type KeyObject } from 'node:crypto';
import type { Certificate, RelativeDistinguishedNames, SignerInfo } from 'pkijs';
import type { DigestAlgorithm, PeSigner } from './types.ts';

const oid = {
  signedData: '1.2.840.113549.1.7.2',
  indirectData: '1.3.6.1.4.1.311.2.1.4', // SPC_INDIRECT_DATA_OBJID
  messageDigest: '1.2.840.113549.1.9.4',
  commonName: '2.5.4.3',
  pss: '1.2.840.113549.1.1.10',
} as const;

const algorithms: ReadonlyMap<string, DigestAlgorithm> = new Map<string, DigestAlgorithm>([
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
]);

/** Real signatures have a depth of 20 and under 1,000 elements, time stamps included. */
const limits = { maxDepth: 64, maxNodes: 10_000 };

export interface AuthenticodeData {
  readonly digestAlgorithm: DigestAlgorithm;
  /** Lower-case hexadecimal. */
  readonly digest: string;
  readonly signer: PeSigner;
  readonly signatureValid: boolean;
}

/** Decodes an entry of the certificate table. Throws Error, of us or of the libraries, when it is anything else. */
export async function parseSignedData(der: Uint8Array): Promise<AuthenticodeData> {
  // Loaded by those who look at signatures: the other commands start faster.
  const [asn1, pki] = await Promise.all([import('asn1js'), import('pkijs')]);
  const { result } = asn1.fromBER(der, limits);
  if (result.error !== '') throw new Error(result.error);
  const info = new pki.ContentInfo({ schema: result });
  if (info.contentType !== oid.signedData) throw new Error(`content ${info.contentType} is no SignedData`);
  const data = new pki.SignedData({ schema: info.content });
  const { eContentType, eContent } = data.encapContentInfo;
  if (eContentType !== oid.indirectData) throw new Error(`signed is ${eContentType}, no digest of a program`);
  if (!(eContent instanceof asn1.Sequence)) throw new Error('the signed digest is missing');
  const digestInfo = eContent.valueBlock.value[1];
  const [algorithm, digest] = digestInfo instanceof asn1.Sequence ? digestInfo.valueBlock.value : [];
  const [name] = algorithm instanceof asn1.Sequence ? algorithm.valueBlock.value : [];
  if (!(name instanceof asn1.ObjectIdentifier) || !(digest instanceof asn1.OctetString)) {
    throw new Error('the signed digest is damaged');
  }
  const [signerInfo] = data.signerInfos;
  if (!signerInfo || data.signerInfos.length > 1) throw new Error(`${data.signerInfos.length} signers, must be one`);
  const certificates = (data.certificates ?? []).filter((one) => one instanceof pki.Certificate);
  const leaf = certificates.find((one) => isSigner(one, signerInfo));
  if (!leaf) throw new Error("the signer's certificate is not in it");
  const stated = signerInfo.signedAttrs?.attributes.find(({ type }) => type === oid.messageDigest)?.values[0];
  const content = eContent.valueBlock.valueBeforeDecodeView;
  const certificate = new X509Certificate(derOf(leaf));
  return {
    digestAlgorithm: algorithmOf(name.valueBlock.toString()),
    digest: hex(digest.valueBlock.valueHexView),
    signer: signerOf(leaf, certificate),
    signatureValid:
      holds({
        signerInfo,
        content,
        stated: stated instanceof asn1.OctetString ? stated.valueBlock.valueHexView : undefined,
        key: certificate.publicKey,
      }) && isIssued(leaf, certificate, certificates),
  };
}

function algorithmOf(id: string): DigestAlgorithm {
  const found = algorithms.get(id);
  if (!found) throw new Error(`digest algorithm ${id} is none of ${[...algorithms.values()].join(', ')}`);
  return found;
}

/** By issuer and serial number, the only way of PKCS#7. */
function isSigner(certificate: Certificate, { sid }: SignerInfo): boolean {
  const id = sid as Partial<Pick<Certificate, 'issuer' | 'serialNumber'>>;
  if (!id.issuer || !id.serialNumber) return false;
  return id.serialNumber.isEqual(certificate.serialNumber) && id.issuer.isEqual(certificate.issuer);
}

function derOf(certificate: Certificate): Uint8Array {
  return new Uint8Array(certificate.toSchema(false).toBER());
}

function signerOf(leaf: Certificate, { fingerprint }: X509Certificate): PeSigner {
  return {
    subject: commonName(leaf.subject),
    issuer: commonName(leaf.issuer),
    serial: hex(leaf.serialNumber.valueBlock.valueHexView),
    sha1: fingerprint.replaceAll(':', '').toLowerCase(),
    notBefore: leaf.notBefore.value.toISOString(),
    notAfter: leaf.notAfter.value.toISOString(),
  };
}

function commonName(name: RelativeDistinguishedNames): string {
  const value: unknown = name.typesAndValues.findLast(({ type }) => type === oid.commonName)?.value.valueBlock.value;
  return typeof value === 'string' ? value : '';
}

interface Signed {
  readonly signerInfo: SignerInfo;
  /** What is signed, without its tag and length. */
  readonly content: Uint8Array;
  /** Digest of the content among the signed attributes. */
  readonly stated: Uint8Array | undefined;
  readonly key: KeyObject;
}

/** Whether the attributes state the content's digest, and the signer's key signed the attributes. */
function holds({ signerInfo, content, stated, key }: Signed): boolean {
  const algorithm = algorithmOf(signerInfo.digestAlgorithm.algorithmId);
  const { signedAttrs } = signerInfo;
  if (signedAttrs && (!stated || hex(stated) !== createHash(algorithm).update(content).digest('hex'))) return false;
  const padding =
    signerInfo.signatureAlgorithm.algorithmId === oid.pss ? { padding: constants.RSA_PKCS1_PSS_PADDING } : {};
  const data = signedAttrs ? new Uint8Array(signedAttrs.encodedValue) : content;
  try {
    return verify(algorithm, data, { key, ...padding }, signerInfo.signature.valueBlock.valueHexView);
  } catch {
    return false; // a key or a signature that cannot belong together
  }
}

/** False when the issuer's certificate is enclosed and its key did not sign the signer's certificate. */
function isIssued(leaf: Certificate, certificate: X509Certificate, all: readonly Certificate[]): boolean {
  const issuers = all.filter((one) => one !== leaf && one.subject.isEqual(leaf.issuer));
  if (issuers.length === 0) return true;
  return issuers.some((issuer) => {
    try {
      return certificate.verify(new X509Certificate(derOf(issuer)).publicKey);
    } catch {
      return false;
    }
  });
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}
