import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import {
  type DrawReport,
  listSentences,
  parseKeyFile,
  toHeadHash,
  toQrText,
  toShortId,
  VERIFY_WORDS,
  verifyDraw,
} from '@zhidu/draw'
import { buildDrawPage } from '@zhidu/services'
import type { Command } from 'commander'
import { Refusal } from '../exit.ts'
import type { Program } from '../program.ts'
import { printTable } from '../table.ts'
import { writeOutput } from './output-file.ts'

interface VerifyOptions {
  readonly key?: string
  readonly json?: boolean
}

async function readBytes(program: Program, name: string): Promise<Buffer> {
  const path = resolve(program.cwd, name)
  try {
    return await readFile(path)
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error
    const what = `${path} (${String(error.code)})`
    throw new Refusal({ 'zh-CN': `读不了文件 ${what}。`, en: `Cannot read ${what}.` }, { cause: error })
  }
}

async function readKeys(program: Program, name: string): Promise<string> {
  const text = (await readBytes(program, name)).toString('utf8')
  if (parseKeyFile(text).length > 0) return text
  throw new Refusal({
    'zh-CN': `${name} 里没有 Ed25519 验证公钥；请用平时保存的“zhidu audit key”的输出。`,
    en: `${name} holds no Ed25519 verifier key; take the output of “zhidu audit key”, kept from before.`,
  })
}

function toJson({ file, isGenuine, steps }: DrawReport): string {
  const about =
    file === null
      ? null
      : { draw: file.certificate.draw, shortId: toShortId(file), head: toHeadHash(file), qr: toQrText(file) }
  return JSON.stringify({ isGenuine, steps, certificate: about })
}

/** `zhidu draw verify`: reads its files and nothing else; no database, no network. */
async function runVerify(program: Program, pool: string, certificate: string, options: VerifyOptions): Promise<void> {
  const report = verifyDraw({
    pool: await readBytes(program, pool),
    certificate: await readBytes(program, certificate),
    keys: options.key === undefined ? null : await readKeys(program, options.key),
  })
  const words = VERIFY_WORDS[program.language]
  if (options.json === true) {
    program.print(toJson(report))
  } else {
    const rows = report.steps.map(({ detail, outcome, step }) => [
      words.steps[step],
      words.outcomes[outcome],
      detail ?? '',
    ])
    printTable(program, [words.step, words.outcome, words.detail], rows)
  }
  if (!report.isGenuine) {
    const [chinese = '', english = ''] = [VERIFY_WORDS['zh-CN'], VERIFY_WORDS.en].map(
      (each) => listSentences(report, each)[0],
    )
    throw new Refusal({ 'zh-CN': chinese, en: english })
  }
  if (report.file !== null && options.json !== true) {
    program.print(words.certificateNumber(toShortId(report.file), toHeadHash(report.file)))
  }
  for (const sentence of listSentences(report, words)) program.say(sentence)
}

/** `zhidu draw page`: the same verification for whoever has a browser and nothing else. */
async function runPage(
  program: Program,
  { json, out }: { readonly out: string; readonly json?: boolean },
): Promise<void> {
  const html = buildDrawPage()
  await writeOutput(program, out, async (sink) => {
    await new Promise<void>((done, failed) => {
      sink.once('error', failed)
      sink.end(html, () => done())
    })
  })
  const bytes = Buffer.byteLength(html)
  if (json === true) program.print(JSON.stringify({ file: resolve(program.cwd, out), bytes }))
  else {
    program.say(
      program.language === 'en'
        ? `Wrote ${out}. Open it in a browser and drop the pool and the certificate on it.`
        : `已写入 ${out}。用浏览器打开，把名单库和证书拖进去即可核验。`,
    )
  }
}

/** `zhidu draw …`: anybody may verify a draw. */
export function addDrawCommands(
  root: Command,
  program: Program,
  say: (chinese: string, english: string) => string,
): void {
  const json = say('只输出一个 JSON 文档', 'print one JSON document and nothing else')
  const draw = root
    .command('draw')
    .description(say('抽取：核验证书、写出核验网页', 'draws: verify a certificate, write the page that verifies'))
    .helpCommand(false)
  draw
    .command('verify')
    .description(
      say('重新抽取一遍，与证书比对；不用数据库和网络', 'draw again and compare; needs neither database nor network'),
    )
    .argument('<pool>', say('名单库文件', 'file of the frozen pool'))
    .argument('<certificate>', say('抽取证书', 'certificate of the draw'))
    .option('--key <file>', say('另外保存的验证公钥，每行一把', 'verifier keys kept elsewhere, one a line'))
    .option('--json', json)
    .action((pool: string, certificate: string, options: VerifyOptions) =>
      runVerify(program, pool, certificate, options),
    )
  draw
    .command('page')
    .description(
      say('写出单文件核验网页，可脱机打开', 'write the page that verifies, one file, opened without network'),
    )
    .requiredOption('--out <file>', say('写入的文件', 'file to write'))
    .option('--json', json)
    .action((options: { out: string; json?: boolean }) => runPage(program, options))
}
