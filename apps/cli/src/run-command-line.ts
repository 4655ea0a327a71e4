import { randomBytes } from 'node:crypto'
import { KINDS } from '@zhidu/contract'
import { EngineError } from '@zhidu/db'
import { ServiceError } from '@zhidu/services'
import { Command, CommanderError, Option } from 'commander'
import {
  type AuditExportOptions,
  type AuditKeyOptions,
  type AuditVerifyOptions,
  runAuditCheckpoint,
  runAuditExport,
  runAuditKey,
  runAuditVerify,
} from './commands/audit.ts'
import { type BackupOptions, runBackup } from './commands/backup.ts'
import { runCalendar } from './commands/calendar.ts'
import { addDrawCommands } from './commands/draw.ts'
import { runExport } from './commands/export.ts'
import { type ImportOptions, runImportCommand } from './commands/import.ts'
import { runLeague } from './commands/league.ts'
import { runMigrate } from './commands/migrate.ts'
import { addBulletinCommand } from './commands/bulletin.ts'
import { addQuarterCommands } from './commands/quarter.ts'
import { addRegulationCommands } from './commands/regulation.ts'
import { type RestoreOptions, runRestore } from './commands/restore.ts'
import { runServe, ServeRefused } from './commands/serve.ts'
import { runTemplate } from './commands/template.ts'
import { addUnitCommands } from './commands/unit.ts'
import { addUserCommands } from './commands/user.ts'
import { engineErrorWords } from './engine-error-words.ts'
import { EXIT, Refusal, UsageError } from './exit.ts'
import type { Language } from './language.ts'
import type { Program } from './program.ts'
import { programVersion } from './program-version.ts'
import { serviceErrorWords } from './service-error-words.ts'

/** `zhidu audit …`: the tamper-evident trail. */
function addAuditCommands(root: Command, program: Program, say: (chinese: string, english: string) => string): void {
  const json = say('只输出一个 JSON 文档', 'print one JSON document and nothing else')
  const audit = root
    .command('audit')
    .description(say('审计记录：核验、导出、签名', 'the audit trail: verify, export, sign'))
    .helpCommand(false)
  audit
    .command('verify')
    .description(
      say('核验导出的审计记录，不用数据库和网络', 'verify an exported trail; needs neither database nor network'),
    )
    .argument('<log>', say('导出的文件', 'exported file'))
    .requiredOption('--checkpoints <file>', say('保存在外的检查点', 'checkpoints kept elsewhere'))
    .requiredOption('--key <file>', say('验证公钥，每行一把', 'verifier keys, one a line'))
    .option('--json', json)
    .action((log: string, options: AuditVerifyOptions) => runAuditVerify(program, log, options))
  audit
    .command('export')
    .description(say('导出全部审计记录', 'export the whole trail'))
    .argument('<file>', say('写入的文件', 'file to write'))
    .option(
      '--checkpoints <file>',
      say('把数据库里的检查点写入这个文件', 'write the checkpoints of the database to this file'),
    )
    .option('--json', json)
    .action((file: string, options: AuditExportOptions) => runAuditExport(program, file, options))
  audit
    .command('checkpoint')
    .description(say('现在就签名一次', 'sign a checkpoint now'))
    .option('--json', json)
    .action((options: { json?: boolean }) => runAuditCheckpoint(program, options))
  audit
    .command('key')
    .description(say('显示验证公钥，供审计人员保存', 'print the verifier keys for auditors to keep'))
    .option('--pem', say('以 PEM 显示', 'print them as PEM'))
    .option('--sm2', say('另建一把国密 SM2 密钥，今后同时签名', 'make an SM2 key, too, which signs along from now on'))
    .option('--json', json)
    .action((options: AuditKeyOptions) => runAuditKey(program, options))
}

/** Describes the commands in one language; commander's own words stay English. */
function buildCommands(program: Program): Command {
  const say = (chinese: string, english: string): string => (program.language === 'en' ? english : chinese)
  const root = new Command('zhidu')
    .description(say('值督：政府系统值班工作督导', 'Zhidu: supervision of government duty work'))
    .version(programVersion(), '-V, --version', say('显示版本', 'show the version'))
    .helpOption('-h, --help', say('显示帮助', 'show help'))
    .helpCommand(false)
    .addOption(new Option('--lang <language>', say('语言：zh-CN 或 en', 'language: zh-CN or en')))
    .exitOverride()
    .configureOutput({
      writeOut: (text) => program.print(text.trimEnd()),
      writeErr: (text) => program.say(text.trimEnd()),
    })

  const kinds = say(`种类：${KINDS.join('、')}`, `kind of file: ${KINDS.join(', ')}`)
  const json = say('只输出一个 JSON 文档', 'print one JSON document and nothing else')
  root
    .command('import')
    .description(
      say(
        '导入一个 CSV 或 XLSX 文件；默认有一行有误就全部不导入',
        'import a CSV or XLSX file; all or nothing unless told otherwise',
      ),
    )
    .argument('<kind>', kinds)
    .argument('<file>', say('CSV（UTF-8、GB 18030）或 XLSX 文件', 'CSV (UTF-8, GB 18030) or XLSX file'))
    .option('--dry-run', say('只试读和核对，不写入', 'read and check, write nothing'))
    .option('--accept-valid', say('导入无误的行，略过有误的行', 'take the valid rows and leave the others'))
    .option(
      '--errors <file.xlsx>',
      say(
        '把有误的行写入这个文件，最后一列是原因',
        'write the refused rows to this file with the reason in the last column',
      ),
    )
    .option('--json', json)
    .action((kind: string, file: string, options: ImportOptions) => runImportCommand(program, kind, file, options))

  root
    .command('export')
    .description(say('导出一种数据，可原样导入', 'export what import reads back unchanged'))
    .argument('<kind>', kinds)
    .argument('<file>', say('写入的文件', 'file to write'))
    .requiredOption('--format <format>', say('格式：csv 或 xlsx', 'format: csv or xlsx'))
    .option('--quarter <quarter>', say('只导出这个季度，如 2026Q3', 'this quarter only, such as 2026Q3'))
    .option('--json', json)
    .action((kind: string, file: string, options: { format: string; quarter?: string; json?: boolean }) =>
      runExport(program, kind, file, options),
    )

  root
    .command('template')
    .description(
      say(
        '写出导入模板，含填写说明、下拉选项和示例行',
        'write an import template with instructions, drop-downs and an example row',
      ),
    )
    .argument('<kind>', kinds)
    .argument('<file.xlsx>', say('写入的文件', 'file to write'))
    .option('--json', json)
    .action((kind: string, file: string, options: { json?: boolean }) => runTemplate(program, kind, file, options))

  root
    .command('league')
    .description(say('排名表', 'the league table of a peer group'))
    .requiredOption('--quarter <quarter>', say('季度，如 2026Q3', 'quarter, such as 2026Q3'))
    .requiredOption('--group <group>', say('考核分组，如 县区组', 'peer group, such as 县区组'))
    .option(
      '--as-of <instant>',
      say('数据截至，如 "2026-10-05 00:00"；不填为现在', 'as of, such as "2026-10-05 00:00"; now unless given'),
    )
    .addOption(
      new Option(
        '--tree <tree>',
        say(
          'then 按当时的单位体系（默认），now 按现在的',
          'then: by the tree of then (default); now: by that of today',
        ),
      ).choices(['then', 'now']),
    )
    .option('--json', say('只输出一个 JSON 文档', 'print one JSON document and nothing else'))
    .action((options) => runLeague(program, options))

  root
    .command('calendar')
    .description(say('一年的节假日和报送截止日', 'a year’s holidays and by when their forms are due'))
    .argument('<year>', say('年份，如 2026', 'year, such as 2026'))
    .option('--json', json)
    .action((year: string, options: { json?: boolean }) => runCalendar(program, year, options))

  root
    .command('migrate')
    .description(say('更新数据库结构', 'bring the database schema up to date'))
    .option('--json', say('只输出一个 JSON 文档', 'print one JSON document and nothing else'))
    .action((options) => runMigrate(program, options))

  root
    .command('backup')
    .description(
      say('把全部数据备份到一个文件；服务可以照常运行', 'put all data into one file; the server may run meanwhile'),
    )
    .argument('<file>', say('写入的文件', 'file to write'))
    .option('--key-file <file>', say('用这个文件里的 32 字节密钥加密', 'encrypt with the 32 bytes in this file'))
    .option('--json', json)
    .action((file: string, options: BackupOptions) => runBackup(program, file, options))

  root
    .command('restore')
    .description(say('从备份文件恢复全部数据，要么全部，要么不动', 'bring all data back from a backup, all or nothing'))
    .argument('<file>', say('备份文件', 'backup to read'))
    .option('--replace', say('取代现有的全部数据', 'take the place of all data that are there'))
    .option('--key-file <file>', say('备份时用的密钥文件', 'key file the backup was made with'))
    .option('--json', json)
    .action((file: string, options: RestoreOptions) => runRestore(program, file, options))

  addQuarterCommands(root, program, say)
  addBulletinCommand(root, program, say)
  addAuditCommands(root, program, say)
  addDrawCommands(root, program, say)
  addRegulationCommands(root, program, say)
  addUserCommands(root, program, say)
  addUnitCommands(root, program, say)

  root
    .command('serve')
    .description(
      say('启动服务（HOST、PORT，默认 127.0.0.1:3000）', 'run the server (HOST, PORT; 127.0.0.1:3000 by default)'),
    )
    .option('--demo', say('没有单位时装入演示城市', 'load the demonstration city when there are no units'))
    .option('--empty', say('不装演示数据', 'no demonstration data'))
    .action((options: { demo?: boolean; empty?: boolean }) =>
      runServe(program, { withDemonstration: options.demo === true && options.empty !== true }),
    )
  return root
}

function unexpected(error: unknown, program: Program): void {
  const number = `ZD-${randomBytes(3).toString('hex').toUpperCase()}`
  program.say(
    program.language === 'en'
      ? `Unexpected error ${number}: ${error instanceof Error ? error.message : String(error)}. The data are as they were.`
      : `意外错误 ${number}：${error instanceof Error ? error.message : String(error)}。数据没有改变。`,
  )
  if (program.env['ZHIDU_DEBUG'] !== undefined) {
    for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) program.say(String(cause.stack))
  }
}

function wordsOf(error: unknown, language: Language): string | null {
  if (error instanceof EngineError) return engineErrorWords(error, language)
  if (error instanceof ServiceError) return serviceErrorWords(error, language)
  if (error instanceof ServeRefused) return error.message
  if (error instanceof Refusal) return error.words[language]
  return null
}

/** Runs one command and gives the exit status (interchange contract §6). */
export async function runCommandLine(args: readonly string[], program: Program): Promise<number> {
  try {
    await buildCommands(program).parseAsync([...args], { from: 'user' })
    return EXIT.done
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
    if (error instanceof UsageError) {
      program.say(error.words[program.language])
      return EXIT.usage
    }
    if (program.signal.aborted) {
      program.say(program.language === 'en' ? 'Stopped; nothing was changed.' : '已停止，没有改动任何数据。')
      return EXIT.refused
    }
    const words = wordsOf(error, program.language)
    if (words === null) {
      unexpected(error, program)
      return EXIT.unexpected
    }
    program.say(words)
    return EXIT.refused
  }
}
