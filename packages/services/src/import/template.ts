import {
  describeType,
  EXAMPLE_MARK,
  type Kind,
  KIND_SHEETS,
  type KindColumn,
  type Language,
  REASON_COLUMN,
} from '@zhidu/contract'
import { listUnitPeriods } from '@zhidu/db'
import { buildWorkbook, type Choice, type SheetContent } from '@zhidu/documents'
import { HOLIDAYS, localDateOf } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import type { ExportedFile } from '../export/exported-file.ts'
import { withSnapshot } from '../snapshot.ts'

const BLANK_ROWS = 1_000
const SHEET_NAMES = {
  instructions: { 'zh-CN': '填写说明', en: 'Instructions' },
  units: { 'zh-CN': '单位编码', en: 'Unit codes' },
} as const

const INSTRUCTIONS = {
  'zh-CN': {
    header: ['列', '代号', '是否必填', '填写要求', '说明', '示例'],
    required: '必填',
    optional: '可空',
    lines: [
      '在第一个工作表中填写，每行一条；第一行的列名不要改动，列的先后不限，也可以用代号作列名。',
      '以“示例（本行不导入）”开头的一行只作示范，导入时自动略过，不必删除。',
      '时间为北京时间，如 2026-07-03 14:05；日期如 2026-07-03；一格填多项时用；隔开。',
      '不要使用公式；从别处复制时请“选择性粘贴—数值”。',
    ],
  },
  en: {
    header: ['Column', 'Key', 'Required', 'What it holds', 'Note', 'Example'],
    required: 'required',
    optional: 'may be empty',
    lines: [
      'Fill in the first sheet, one record a row. Keep the names in its first row; the order of columns does not matter.',
      'The row that begins with “EXAMPLE (not imported)” is passed over and need not be deleted.',
      'Times are UTC+08:00, such as 2026-07-03 14:05; dates such as 2026-07-03; several items in a cell are separated by ;',
      'No formulas; when copying, use “Paste Special – Values”.',
    ],
  },
} as const

function widthOf(column: KindColumn): number {
  switch (column.value.type) {
    case 'instant':
      return 21
    case 'keys':
      return 36
    case 'names':
    case 'text':
      return 24
    default:
      return 16
  }
}

function headerOf(column: KindColumn, language: Language): string {
  return language === 'zh-CN' ? column.name['zh-CN'] : column.key
}

/** Words of a drop-down; null = the column is typed freely. */
function listChoices(column: KindColumn, language: Language, year: number): readonly string[] | null {
  if (column.value.type === 'holiday') return HOLIDAYS.map((holiday) => `${year}-${holiday}`)
  if (column.value.type !== 'enum') return null
  return language === 'zh-CN'
    ? Object.values(column.value.words).map((word) => word['zh-CN'])
    : Object.keys(column.value.words)
}

function toChoices(kind: Kind, language: Language, year: number, unitCount: number): Choice[] {
  return KIND_SHEETS[kind].columns.flatMap((column, index): Choice[] => {
    const title = column.name[language]
    const message = describeType(column.value, language)
    const words = listChoices(column, language, year)
    if (words !== null) return [{ column: index, from: words, title, message }]
    const isUnit = column.key === 'parent_code' || (column.key === 'unit_code' && kind !== 'units')
    if (!isUnit || unitCount === 0) return []
    return [{ column: index, from: `'${SHEET_NAMES.units[language]}'!$A$2:$A$${unitCount + 1}`, title, message }]
  })
}

function exampleRow(kind: Kind, language: Language): string[] {
  return KIND_SHEETS[kind].columns.map((column, index) =>
    index === 0 ? EXAMPLE_MARK[language] : column.example[language],
  )
}

function instructionSheet(kind: Kind, language: Language): SheetContent {
  const words = INSTRUCTIONS[language]
  const sheet = KIND_SHEETS[kind]
  const title = language === 'zh-CN' ? `${sheet.name['zh-CN']}填写说明` : `How to fill in ${sheet.name.en}`
  const lines = [title, ...words.lines].map((line) => [line])
  const rows = sheet.columns.map((column) => [
    column.name[language],
    column.key,
    column.isRequired ? words.required : words.optional,
    describeType(column.value, language),
    column.note[language],
    column.example[language],
  ])
  return {
    name: SHEET_NAMES.instructions[language],
    columns: [16, 16, 10, 60, 44, 30].map((width) => ({ width, format: 'text' as const, isWrapped: true })),
    rows: [...lines, words.header, ...rows],
    headerRow: lines.length,
    isLandscape: true,
  }
}

/** Rows of a template's data sheet as text, the reason last when there is one. */
export interface TemplateRows {
  readonly rows: readonly (readonly string[])[]
  readonly hasReason: boolean
}

/** The workbook people fill in: data sheet, instructions, and the unit codes its drop-downs offer. */
export async function buildTemplate(
  ctx: ServiceContext,
  args: { readonly kind: Kind; readonly language: Language; readonly filled?: TemplateRows },
): Promise<Uint8Array> {
  const { filled, kind, language } = args
  const { columns, name } = KIND_SHEETS[kind]
  const now = ctx.clock()
  const units = new Map(
    (await withSnapshot(ctx, localDateOf(ctx.clock()), listUnitPeriods)).map((unit) => [unit.unitCode, unit.name]),
  )
  const hasReason = filled?.hasReason === true
  const header = columns.map((column) => headerOf(column, language))
  const data: SheetContent = {
    name: name[language],
    columns: [
      ...columns.map((column) => ({ width: widthOf(column), format: 'text' as const })),
      ...(hasReason ? [{ width: 70, format: 'text' as const, isWrapped: true }] : []),
    ],
    rows: [
      hasReason ? [...header, REASON_COLUMN[language]] : header,
      ...(filled === undefined
        ? [exampleRow(kind, language)]
        : filled.rows.map((row) => row.map((text) => (text === '' ? null : text)))),
    ],
    headerRow: 0,
    requiredColumns: columns.flatMap((column, index) => (column.isRequired ? [index] : [])),
    ...(filled === undefined && { quietRows: [1], blankRows: BLANK_ROWS }),
    choices: toChoices(kind, language, Number(localDateOf(now).slice(0, 4)), units.size),
  }
  const unitSheet: SheetContent = {
    name: SHEET_NAMES.units[language],
    columns: [
      { width: 16, format: 'text' },
      { width: 30, format: 'text' },
    ],
    rows: [[SHEET_NAMES.units[language], language === 'zh-CN' ? '单位名称' : 'Name'], ...units],
    headerRow: 0,
  }
  const sheets = [data, instructionSheet(kind, language), ...(units.size > 0 ? [unitSheet] : [])]
  return buildWorkbook({ title: name[language], createdAt: now, sheets })
}

export async function makeTemplateXlsx(
  ctx: ServiceContext,
  args: { readonly kind: Kind; readonly language: Language },
): Promise<ExportedFile> {
  const bytes = await buildTemplate(ctx, args)
  const name = KIND_SHEETS[args.kind].name[args.language]
  return { fileName: `${name}${args.language === 'zh-CN' ? '模板' : ' template'}.xlsx`, body: new Uint8Array(bytes) }
}
