import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Refusal } from '../exit.ts'
import type { Program } from '../program.ts'
import { parseSecret } from '../serve-config/installation-secret.ts'

/** The key in the file named by `--key-file`, null without that. Throws Refusal for a file that holds none. */
export function readBackupKey(program: Program, name: string | undefined): Buffer | null {
  if (name === undefined) return null
  const path = resolve(program.cwd, name)
  let content: Buffer
  try {
    content = readFileSync(path)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    const words = {
      'zh-CN': `读不了密钥文件 ${path}（${code}）。`,
      en: `Cannot read the key file ${path} (${code}).`,
    }
    throw new Refusal(words, { cause })
  }
  const key = parseSecret(content)
  if (Buffer.isBuffer(key)) return key
  throw new Refusal({
    'zh-CN': `密钥文件 ${path} 里不是 32 个随机字节（或 64 个十六进制数字）。可这样生成：openssl rand -out 文件 32`,
    en: `The key file ${path} does not hold 32 random bytes (or 64 hexadecimal digits). Make one: openssl rand -out FILE 32`,
  })
}
