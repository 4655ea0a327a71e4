import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { isQuarter } from '@zhidu/domain'
import { writeBulletinFiles } from '@zhidu/services'
import type { Command } from 'commander'
import { UsageError } from '../exit.ts'
import { type Program, withData } from '../program.ts'
import { BULLETIN_WORDS } from './bulletin-words.ts'
import { writeOutput } from './output-file.ts'

interface Options {
  readonly out: string
  readonly office?: string
  readonly json?: boolean
}

async function run(program: Program, quarter: string, { json, office, out }: Options): Promise<void> {
  if (!isQuarter(quarter)) {
    throw new UsageError({
      'zh-CN': `${quarter} 不是季度；请写成 2026Q3。`,
      en: `${quarter} is no quarter; write it as 2026Q3.`,
    })
  }
  const folder = resolve(program.cwd, out)
  const written = await withData(program, async (ctx) => {
    await mkdir(folder, { recursive: true })
    return await writeBulletinFiles(ctx, {
      quarter,
      office,
      write: (name, content) => writeOutput(program, join(folder, name), (sink) => pipeline(content, sink)),
    })
  })
  program.print(json === true ? JSON.stringify(written) : BULLETIN_WORDS[program.language](folder, written))
}

/** `zhidu bulletin 2026Q3 --out DIR`: the bulletin of a frozen quarter and its annexes as files. */
export function addBulletinCommand(
  root: Command,
  program: Program,
  say: (chinese: string, english: string) => string,
): void {
  root
    .command('bulletin')
    .description(
      say(
        '把冻结季度的通报写成 Word 和 Excel 附件；还没有起草的写草稿',
        'write the bulletin of a frozen quarter as Word with its Excel annexes; a draft where none is written',
      ),
    )
    .argument('<quarter>', say('季度，如 2026Q3', 'quarter, such as 2026Q3'))
    .requiredOption('--out <folder>', say('写入的文件夹', 'folder to write to'))
    .option('--office <code>', say('哪个单位的通报；不填为最上级', 'whose bulletin; that of the top unless given'))
    .option('--json', say('只输出一个 JSON 文档', 'print one JSON document and nothing else'))
    .action((quarter: string, options: Options) => run(program, quarter, options))
}
