import { createHash, randomBytes } from 'node:crypto'
import { link, open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import {
  generateEd25519Key,
  generateSm2Key,
  makeEd25519Signer,
  makeSm2Signer,
  type NoteSigner,
  parseVerifierKeys,
  toVerifierKeyLine,
  type VerifierKey,
} from '@zhidu/audit'
import { ServiceError } from '../service-error.ts'

/** Who signs checkpoints, and how others know them. */
export interface AuditKey {
  /** The Ed25519 key first, then the SM2 key when there is one. */
  readonly signers: readonly NoteSigner[]
  /** Every key that ever signed here, one line each: what an auditor keeps. */
  readonly verifierKeys: string
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** The file's text; null = there is no such file. */
async function readIfAny(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}

/** Writes a file for its owner alone, whole or not at all; leaves one that another process made first. */
async function createSecret(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}.part`
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  try {
    await link(draft, path)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    await rm(draft)
  }
}

/** Throws ServiceError `audit_key_open` for a private key that others may read. */
async function readSecret(path: string): Promise<string | null> {
  const text = await readIfAny(path)
  if (text === null || process.platform === 'win32') return text
  const { mode } = await stat(path)
  if ((mode & 0o077) !== 0) throw new ServiceError('conflict', 'audit_key_open', { path })
  return text
}

/** Throws ServiceError `audit_key_unreadable` for a file that holds no such key. */
function asKey<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new ServiceError('conflict', 'audit_key_unreadable', { path }, { cause: error })
  }
}

/** A key bears its own fingerprint: nothing has to be agreed on, and two installations never share a name. */
function nameOf(publicKey: Uint8Array): string {
  return `zhidu-audit/${createHash('sha256').update(publicKey).digest('hex').slice(0, 12)}`
}

async function keepPublicKeys(path: string, keys: readonly VerifierKey[]): Promise<string> {
  const file = `${path}.pub`
  const kept = (await readIfAny(file)) ?? ''
  const known = asKey(file, () => parseVerifierKeys(kept)).map(toVerifierKeyLine)
  const lines = [...new Set([...known, ...keys.map(toVerifierKeyLine)])]
  const text = lines.map((line) => `${line}\n`).join('')
  if (text !== kept) await writeFile(file, text)
  return text
}

/**
 * The key that signs checkpoints, in the file `path`, made when there is none; the public part lies beside it in `.pub`.
 * `withSm2`: a second key, for SM2 with SM3, is made in `.sm2`; once there, it always signs along.
 */
export async function openAuditKey(path: string, options: { readonly withSm2?: boolean } = {}): Promise<AuditKey> {
  if ((await readSecret(path)) === null) await createSecret(path, generateEd25519Key())
  const pem = (await readSecret(path)) ?? ''
  const signer = asKey(path, () => makeEd25519Signer(pem, nameOf))
  const sm2Path = `${path}.sm2`
  if (options.withSm2 === true && (await readSecret(sm2Path)) === null) {
    await createSecret(sm2Path, `${generateSm2Key()}\n`)
  }
  const sm2Key = await readSecret(sm2Path)
  const sm2 = sm2Key === null ? [] : [asKey(sm2Path, () => makeSm2Signer(sm2Key.trim(), signer.key.name))]
  const signers = [signer, ...sm2]
  return {
    signers,
    verifierKeys: await keepPublicKeys(
      path,
      signers.map(({ key }) => key),
    ),
  }
}
