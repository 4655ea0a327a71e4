import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseRegulationJson, REGULATION_LIMITS, toRegulationJson, wordRegulationProblem } from '@zhidu/contract'
import { checkRegulation, type Regulation } from '@zhidu/domain'
import { getRegulation, importDraft } from '@zhidu/services'
import type { Command } from 'commander'
import { Refusal } from '../exit.ts'
import type { Language } from '../language.ts'
import { type Program, withData } from '../program.ts'
import { writeOutput } from './output-file.ts'

interface JsonOption {
  readonly json?: boolean
}

export const REGULATION_REFUSALS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  regulation_unknown: {
    'zh-CN': '没有规则 {id} 的版本 {version}。',
    en: 'There is no version {version} of regulation {id}.',
  },
  regulation_exists: {
    'zh-CN': '已有规则 {id} 的版本 {version}。请在文件里换一个 version 再导入。',
    en: 'Version {version} of regulation {id} is there already. Give the file another version.',
  },
}

function words(chinese: string, english: string): Readonly<Record<Language, string>> {
  return { 'zh-CN': chinese, en: english }
}

async function readDocument(program: Program, file: string): Promise<string> {
  const path = resolve(program.cwd, file)
  try {
    const bytes = await readFile(path)
    if (bytes.length > REGULATION_LIMITS.jsonCharacters * 4) throw new RangeError('too long')
    return bytes.toString('utf8')
  } catch (error) {
    throw new Refusal(words(`读不了文件 ${path}。`, `Cannot read ${path}.`), { cause: error })
  }
}

interface Finding {
  readonly path: string
  readonly clause: string | null
  readonly text: string
}

/** What is wrong with a document: its shape, or what holds between its parts. */
function findWrong(json: string, language: Language): { regulation: Regulation | null; findings: Finding[] } {
  const { issues, regulation } = parseRegulationJson(json)
  if (regulation === null) {
    return { regulation, findings: issues.map(({ clause, path, text }) => ({ clause, path, text: text[language] })) }
  }
  const findings = checkRegulation(regulation).map((problem) => ({
    clause: problem.clause,
    path: problem.part,
    text: wordRegulationProblem(problem, regulation, language),
  }))
  return { regulation, findings }
}

function refuse(program: Program, findings: readonly Finding[]): never {
  for (const { text } of findings) program.say(text)
  const count = findings.length
  throw new Refusal(words(`共 ${count} 处不对，什么都没有改。`, `${count} things are wrong; nothing was changed.`))
}

/** `zhidu regulation check FILE`: says everything that is wrong with a document; needs no data. */
export async function runRegulationCheck(program: Program, file: string, options: JsonOption): Promise<void> {
  const { findings, regulation } = findWrong(await readDocument(program, file), program.language)
  if (options.json === true) {
    const key = regulation === null ? null : { id: regulation.id, version: regulation.version }
    program.print(JSON.stringify({ regulation: key, problems: findings }))
  }
  if (findings.length > 0) refuse(program, options.json === true ? [] : findings)
  if (options.json !== true) {
    program.say(program.language === 'en' ? 'The regulation is sound.' : '规则没有矛盾和缺漏，可以使用。')
  }
}

/** `zhidu regulation export ID VERSION FILE`: the document in its one form. */
export async function runRegulationExport(
  program: Program,
  id: string,
  version: string,
  file: string,
  options: JsonOption,
): Promise<void> {
  await withData(program, async (ctx) => {
    const { document } = await getRegulation(ctx, { id, version })
    await writeOutput(program, file, async (sink) => {
      await new Promise<void>((done) => sink.end(toRegulationJson(document), done))
    })
  })
  if (options.json === true) program.print(JSON.stringify({ id, version, file }))
  else program.say(program.language === 'en' ? `Written to ${file}.` : `已写入 ${file}。`)
}

/** `zhidu regulation import FILE`: the document as a draft; publishing needs two people on the dashboard. */
export async function runRegulationImport(program: Program, file: string, options: JsonOption): Promise<void> {
  const json = await readDocument(program, file)
  const { findings, regulation } = findWrong(json, program.language)
  if (regulation === null) refuse(program, findings)
  const item = await withData(program, (ctx) => importDraft(ctx, { json }))
  for (const { text } of findings) program.say(text)
  const { id, revision, version } = item
  if (options.json === true) program.print(JSON.stringify({ id, version, revision, problems: findings }))
  else {
    program.say(
      program.language === 'en'
        ? `Imported as draft ${id} ${version}; publish it on the dashboard.`
        : `已导入为草稿 ${id} ${version}，请在网页“规则”里核对、发布。`,
    )
  }
}

/** `zhidu regulation …` */
export function addRegulationCommands(
  root: Command,
  program: Program,
  say: (chinese: string, english: string) => string,
): void {
  const json = say('只输出一个 JSON 文档', 'print one JSON document and nothing else')
  const fileWords = say('规则文件（JSON）', 'a regulation as JSON')
  const regulation = root
    .command('regulation')
    .description(say('考核规则：检查、导入、导出', 'regulations: check, import, export'))
    .helpCommand(false)
  regulation
    .command('check')
    .description(say('检查一个规则文件，指出条款和可填的值', 'check a file and name clause and accepted values'))
    .argument('<file>', fileWords)
    .option('--json', json)
    .action((file: string, options: JsonOption) => runRegulationCheck(program, file, options))
  regulation
    .command('import')
    .description(say('导入为草稿', 'import a file as a draft'))
    .argument('<file>', fileWords)
    .option('--json', json)
    .action((file: string, options: JsonOption) => runRegulationImport(program, file, options))
  regulation
    .command('export')
    .description(say('导出一个版本', 'export one version'))
    .argument('<id>', say('规则编号，如 sample', 'id, such as sample'))
    .argument('<version>', say('版本，如 2026-1', 'version, such as 2026-1'))
    .argument('<file>', say('写入的文件', 'file to write'))
    .option('--json', json)
    .action((id: string, version: string, file: string, options: JsonOption) =>
      runRegulationExport(program, id, version, file, options),
    )
}
