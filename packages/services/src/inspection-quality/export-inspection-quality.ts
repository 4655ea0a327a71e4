import { FINDING_WORDS, type InspectionQuality, type InspectionQualityInput, listCaveats } from '@zhidu/contract'
import type { MaskedInspector, QualityAgreement, QualityUnit } from '@zhidu/contract'
import { buildWorkbook } from '@zhidu/documents'
import type { ServiceContext } from '../context.ts'
import type { ExportedFile, ExportLanguage } from '../export/exported-file.ts'
import { LEAGUE_SHEET_WORDS, quarterWords } from '../export/league-sheet-words.ts'
import { provenanceLine } from '../export/provenance-line.ts'
import type { SheetCell } from '../export/sheet-file.ts'
import { getInspectionQuality } from './get-inspection-quality.ts'
import { QUALITY_SHEET_WORDS, QUALITY_SHEETS, type QualitySheetWords } from './quality-sheet-words.ts'

interface Writing {
  readonly words: QualitySheetWords
  readonly language: ExportLanguage
}
type Rows = readonly (readonly SheetCell[])[]

function personOf({ name, number }: MaskedInspector): string {
  return number === null ? name : `${name} (${number})`
}

function standingOf({ month, night, within }: QualityUnit, { standing, join }: QualitySheetWords): string {
  return [
    ...(within === 'broken' || within === 'due' ? [standing[within]] : []),
    ...(month === 'exceeded' ? [standing.monthExceeded] : []),
    ...(night === 'exceeded' ? [standing.nightExceeded] : []),
  ].join(join)
}

/** Whole percent times ten, as the screen has it: 0.8462 → 84.6. */
function percent(share: number): number {
  return Math.round(share * 1_000) / 10
}

function agreementCells(found: QualityAgreement, { words }: Writing): SheetCell[] {
  const { ac1, ac1Range, agreed, kappa, pairs, range, word } = found
  const isNone = pairs === 0
  return [
    agreed,
    pairs,
    isNone ? null : percent(range.low),
    isNone ? null : percent(range.high),
    ac1,
    ac1Range?.low ?? null,
    ac1Range?.high ?? null,
    kappa,
    words.word[word],
  ]
}

function coverageRows({ coverage }: InspectionQuality, { words }: Writing): Rows {
  return coverage.rows.map((row) => [
    row.unitCode,
    row.name,
    row.group,
    row.byKind.counted,
    row.byMethod.phone,
    row.byMethod.video,
    row.byMethod.onsite,
    row.nights,
    row.mostInMonth,
    row.byKind.open,
    row.byKind.inconclusive,
    row.byKind.second,
    row.daysSinceLast,
    row.measured === 0 && row.visits > 0 ? null : row.minutes,
    row.measured,
    row.visits,
    standingOf(row, words),
  ])
}

function loadRows({ load }: InspectionQuality): Rows {
  return load.rows.map((row) => [
    personOf(row.inspector),
    row.checks,
    row.nights,
    row.measured === 0 && row.checks > 0 ? null : row.minutes,
    row.measured,
    row.kilometres,
    row.most?.name ?? '',
    row.most?.visits ?? null,
  ])
}

function agreementRows({ agreement }: InspectionQuality, writing: Writing): Rows {
  return [
    ...agreement.items.map((item) => [item.checklistTitle, item.text, ...agreementCells(item, writing)]),
    ['', writing.words.anyFinding, ...agreementCells(agreement.result, writing)],
    ...agreement.findings.map((one) => [
      '',
      FINDING_WORDS[one.finding][writing.language],
      ...agreementCells(one, writing),
    ]),
  ]
}

function leniencyRows({ leniency }: InspectionQuality, { words }: Writing): Rows {
  return leniency.rows.map(({ checks, expected, found, high, inspector, low, p, word }) => {
    const isTested = word !== 'few' && word !== 'alone'
    const law = checks === 0 ? [null, null, null] : [expected, low, high]
    return [personOf(inspector), checks, found, ...law, isTested ? p : null, words.leniency[word]]
  })
}

function upperRows({ upper }: InspectionQuality, writing: Writing): Rows {
  return upper.map((office) => [
    office.officeCode,
    office.name,
    ...agreementCells(office.result, writing),
    office.missed.whole,
    office.missed.part,
    office.answers.part,
    office.answers.whole,
    office.medianDays,
    office.open,
  ])
}

const ROWS_OF = {
  coverage: coverageRows,
  load: loadRows,
  agreement: agreementRows,
  leniency: leniencyRows,
  upper: upperRows,
} as const

/** 抽查质量 as a workbook, a sheet for each part, with what has to be known to read it under each. */
export async function exportInspectionQuality(
  ctx: ServiceContext,
  input: InspectionQualityInput,
  language: ExportLanguage,
): Promise<ExportedFile> {
  const quality = await getInspectionQuality(ctx, input)
  const words = QUALITY_SHEET_WORDS[language]
  const { officeName, provenance, quarter, since } = quality
  const title = words.title(officeName, quarterWords(quarter, language))
  const source = provenanceLine(provenance, language)
  const synthetic = provenance.isSynthetic ? `　${LEAGUE_SHEET_WORDS[language].synthetic}` : ''
  const workbook = await buildWorkbook({
    title,
    createdAt: ctx.clock(),
    sheets: QUALITY_SHEETS.map((part) => {
      const isWindowed = part !== 'coverage' && part !== 'load' && since !== quarter
      const header = words.header[part]
      return {
        name: words.sheet[part],
        columns: header.map((_, index) => ({ width: index < 2 ? 22 : 13, format: 'general' as const })),
        headerRow: 2,
        isLandscape: true,
        rows: [
          [`${title}${isWindowed ? `　${words.since(quarterWords(since, language))}` : ''}${synthetic}`],
          [source],
          header,
          ...ROWS_OF[part](quality, { words, language }),
          [],
          ...listCaveats(part, language).map((line) => [line]),
        ],
      }
    }),
  })
  return { fileName: `${title}.xlsx`, body: new Uint8Array(workbook) }
}
