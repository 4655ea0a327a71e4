import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { sm2 } from 'sm-crypto-v2'
import { toPublicKeyDer, type VerifierKey } from './verifier-key.ts'

/** Whoever holds a private key: a file here, a signature server elsewhere. */
export interface NoteSigner {
  readonly key: VerifierKey
  sign(text: Uint8Array): Uint8Array | Promise<Uint8Array>
}

/** The signer's identity of GM/T 0009, which every verifier assumes unless told otherwise. */
export const SM2_USER_ID = '1234567812345678'

/** A new Ed25519 private key, PKCS #8 in PEM. */
export function generateEd25519Key(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** Signs with an Ed25519 private key in PEM; throws when it is none. `nameOf` names the key by its 32 public bytes. */
export function makeEd25519Signer(pem: string, nameOf: (publicKey: Uint8Array) => string): NoteSigner {
  const privateKey = createPrivateKey(pem)
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new RangeError('not an Ed25519 private key')
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).subarray(-32)
  return {
    key: { name: nameOf(publicKey), algorithm: 'ed25519', publicKey },
    sign: (text) => sign(null, text, privateKey),
  }
}

/** A new SM2 private key, 64 hexadecimal digits. */
export function generateSm2Key(): string {
  return sm2.generateKeyPairHex().privateKey.padStart(64, '0')
}

/** Signs with SM2 and SM3 (GM/T 0003.2, DER); `privateKey`: 64 hexadecimal digits, else RangeError. */
export function makeSm2Signer(privateKey: string, name: string): NoteSigner {
  if (!/^[0-9a-f]{64}$/.test(privateKey)) throw new RangeError('not an SM2 private key')
  const publicKey = sm2.getPublicKeyFromPrivateKey(privateKey)
  return {
    key: { name, algorithm: 'sm2', publicKey: Buffer.from(publicKey, 'hex') },
    sign: (text) => {
      const options = { der: true, hash: true, publicKey, userId: SM2_USER_ID }
      return Buffer.from(sm2.doSignature(text, privateKey, options), 'hex')
    },
  }
}

function verifySm2(key: VerifierKey, text: Uint8Array, signature: Uint8Array): boolean {
  const publicKey = Buffer.from(key.publicKey).toString('hex')
  const options = { der: true, hash: true, userId: SM2_USER_ID }
  try {
    return sm2.doVerifySignature(text, Buffer.from(signature).toString('hex'), publicKey, options)
  } catch {
    // What is no DER, or no point of the curve, signs nothing.
    return false
  }
}

/** Whether `signature` is the key's over `text`. */
export function verifySignature(key: VerifierKey, text: Uint8Array, signature: Uint8Array): boolean {
  if (key.algorithm === 'sm2') return verifySm2(key, text, signature)
  const publicKey = createPublicKey({ key: toPublicKeyDer(key), format: 'der', type: 'spki' })
  return verify(null, text, publicKey, signature)
}
