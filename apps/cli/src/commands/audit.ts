import { createReadStream } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseVerifierKeys, splitLines, toPublicKeyPem, verifyAuditLog } from '@zhidu/audit'
import { type AuditKey, exportAudit, makeAuditCheckpoint, openAuditKey } from '@zhidu/services'
import { Refusal } from '../exit.ts'
import { dataFolder, type Program, withData } from '../program.ts'
import { AUDIT_WORDS, firstBadWords } from './audit-words.ts'
import { checkWritable, writeOutput } from './output-file.ts'

/** Where checkpoints leave the database to, and who signs them. */
export interface AuditPlace {
  readonly key: AuditKey
  /** ZHIDU_AUDIT_DIR, such as a mounted medium; `audit` beside the data unless it is set. */
  readonly checkpointDir: string
}

/** Opens the key beside the data, made at its first use, and the folder of checkpoints. */
export async function openAuditPlace(
  program: Program,
  options: { readonly withSm2?: boolean } = {},
): Promise<AuditPlace> {
  const folder = dataFolder(program)
  const { ZHIDU_AUDIT_DIR } = program.env
  const isNamed = ZHIDU_AUDIT_DIR !== undefined && ZHIDU_AUDIT_DIR !== ''
  const checkpointDir = isNamed ? resolve(program.cwd, ZHIDU_AUDIT_DIR) : join(folder, 'audit')
  await mkdir(folder, { recursive: true })
  await mkdir(checkpointDir, { recursive: true })
  return { key: await openAuditKey(join(folder, 'audit-key'), options), checkpointDir }
}

/** A file that cannot be read, worded; anything else as it is. */
function toRefusal(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || !('path' in error)) return error
  const what = `${String(error.path)} (${String(error.code)})`
  return new Refusal({ 'zh-CN': `读不了文件 ${what}。`, en: `Cannot read ${what}.` }, { cause: error })
}

async function readKeys(path: string): Promise<string> {
  const text = await readFile(path, 'utf8')
  try {
    if (parseVerifierKeys(text).length > 0) return text
  } catch {
    // Said below, with the name of the file.
  }
  const en = `${path} holds no verifier key; take the output of “zhidu audit key”, kept from better days.`
  throw new Refusal({ 'zh-CN': `${path} 里没有验证公钥；请用平时保存的“zhidu audit key”的输出。`, en })
}

export interface AuditVerifyOptions {
  readonly checkpoints: string
  readonly key: string
  readonly json?: boolean
}

/** `zhidu audit verify`: reads three files and nothing else; no database, no network. */
export async function runAuditVerify(program: Program, log: string, options: AuditVerifyOptions): Promise<void> {
  const at = (name: string): string => resolve(program.cwd, name)
  const report = await (async () => {
    try {
      const [key, checkpoints] = [await readKeys(at(options.key)), await readFile(at(options.checkpoints), 'utf8')]
      return await verifyAuditLog({ entries: splitLines(createReadStream(at(log))), checkpoints, key })
    } catch (error) {
      throw toRefusal(error)
    }
  })()
  if (options.json === true) program.print(JSON.stringify(report))
  if (report.firstBad !== null) throw new Refusal(firstBadWords(report, report.firstBad))
  const words = AUDIT_WORDS[program.language]
  if (options.json !== true) program.print(words.whole(report))
  const unproven = report.entries - report.provenThrough
  if (unproven > 0) program.say(words.unproven(unproven))
}

export interface AuditExportOptions {
  readonly checkpoints?: string
  readonly json?: boolean
}

/** `zhidu audit export FILE`: the whole trail as it is, and its checkpoints. */
export async function runAuditExport(program: Program, file: string, options: AuditExportOptions): Promise<void> {
  if (options.checkpoints !== undefined) await checkWritable(program, options.checkpoints)
  const result = await withData(program, async (ctx) => {
    const { key } = await openAuditPlace(program)
    const found: Awaited<ReturnType<typeof exportAudit>>[] = []
    await writeOutput(program, file, async (sink) => {
      found.push(await exportAudit(ctx, { signers: key.signers }, sink))
    })
    return found[0]
  })
  if (result === undefined) throw new Error('an export without a result')
  const { checkpoints, entries, firstTampered } = result
  if (options.checkpoints !== undefined) {
    await writeOutput(program, options.checkpoints, async (sink) => {
      await new Promise<void>((resolve, reject) => {
        sink.once('error', reject)
        sink.end(checkpoints, () => resolve())
      })
    })
  }
  if (options.json === true) program.print(JSON.stringify({ file, entries, firstTampered }))
  else program.say(AUDIT_WORDS[program.language].exported(file, entries))
  if (firstTampered !== null) {
    const en = `Entry ${firstTampered} was tampered with in the database. The export is whole as to what is there; verify it.`
    throw new Refusal({ 'zh-CN': `数据库中第 ${firstTampered} 条审计记录被改动过。导出文件如实照录，请核验。`, en })
  }
}

/** `zhidu audit checkpoint`: signs all entries there are, now. */
export async function runAuditCheckpoint(program: Program, options: { readonly json?: boolean }): Promise<void> {
  const { checkpointDir, result } = await withData(program, async (ctx) => {
    const place = await openAuditPlace(program)
    const args = { reason: 'manual', signers: place.key.signers, checkpointDir: place.checkpointDir } as const
    return { checkpointDir: place.checkpointDir, result: await makeAuditCheckpoint(ctx, args) }
  })
  const { isNew, size } = result
  if (options.json === true) program.print(JSON.stringify({ size, isNew }))
  else program.say(AUDIT_WORDS[program.language].checkpoint(size, isNew, checkpointDir))
}

export interface AuditKeyOptions {
  readonly pem?: boolean
  readonly sm2?: boolean
  readonly json?: boolean
}

/** `zhidu audit key`: the public keys an auditor keeps; opens no data. */
export async function runAuditKey(program: Program, options: AuditKeyOptions): Promise<void> {
  const { key } = await openAuditPlace(program, { withSm2: options.sm2 === true })
  const keys = parseVerifierKeys(key.verifierKeys)
  const lines = key.verifierKeys.trim().split('\n')
  if (options.json === true) {
    program.print(JSON.stringify(keys.map((one, at) => ({ key: lines[at], pem: toPublicKeyPem(one) }))))
  } else {
    program.print((options.pem === true ? keys.map(toPublicKeyPem) : lines).join('\n').trimEnd())
  }
}
