import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { ConfigProblem } from './config-problem.ts'

const SECRET_BYTES = 32
/** 32 random bytes have about 30 different ones; an example, a word or a pattern has few. */
const LEAST_DIFFERENT = 16

type SecretFault = Pick<ConfigProblem, 'code' | 'params'>

/** 32 bytes as such or as 64 hexadecimal digits; else what is wrong with them. */
export function parseSecret(content: Buffer): Buffer | SecretFault {
  const text = content.toString('latin1').trim()
  const bytes = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : content
  if (bytes.length !== SECRET_BYTES) return { code: 'secret', params: { length: String(bytes.length) } }
  if (new Set(bytes).size < LEAST_DIFFERENT) return { code: 'secret_example', params: {} }
  return bytes
}

function makeSecret(path: string): void {
  const file = openSync(path, 'wx', 0o600)
  try {
    writeSync(file, `${randomBytes(SECRET_BYTES).toString('hex')}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/**
 * The installation's own secret in its data folder, made at the first start with mode 0600. Gives what is wrong with it
 * instead, when somebody has spoilt or opened it; throws the system's error when the folder cannot be written to.
 */
export function openInstallationSecret(dataDir: string): Buffer | ConfigProblem {
  const path = join(dataDir, 'installation-secret')
  const problem = (fault: SecretFault): ConfigProblem => ({ variable: 'ZHIDU_SECRET_FILE', value: path, ...fault })
  mkdirSync(dataDir, { recursive: true })
  try {
    makeSecret(path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  const mode = statSync(path).mode & 0o777
  if (process.platform !== 'win32' && (mode & 0o007) !== 0) {
    return problem({ code: 'file_exposed', params: { mode: mode.toString(8) } })
  }
  const secret = parseSecret(readFileSync(path))
  return Buffer.isBuffer(secret) ? secret : problem(secret)
}
