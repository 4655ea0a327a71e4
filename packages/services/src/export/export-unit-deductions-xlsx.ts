import {
  CATEGORY_WORDS,
  DEDUCTION_WORDS,
  type DeductionEvidence,
  ELEMENT_WORDS,
  FILING_FORM_WORDS,
  FINDING_WORDS,
  LEVEL_WORDS,
  MISREPORT_KIND_WORDS,
  type UnitDeduction,
} from '@zhidu/contract'
import { buildWorkbook } from '@zhidu/documents'
import type { DimensionTitles, Quarter } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { getUnitPage } from '../unit/get-unit-page.ts'
import type { ExportedFile, ExportLanguage } from './exported-file.ts'
import { LEAGUE_SHEET_WORDS, quarterWords } from './league-sheet-words.ts'
import { provenanceLine } from './provenance-line.ts'

const HEADER: Readonly<Record<ExportLanguage, readonly string[]>> = {
  'zh-CN': ['分项', '事由', '扣分', '来源', '判定时刻', '条款', '说明'],
  en: ['Dimension', 'Reason', 'Points', 'Source', 'Judged at', 'Clause', 'Details'],
}

/** What the evidence adds to the reason, in words. */
function describeEvidence(evidence: DeductionEvidence, language: ExportLanguage): string {
  const join = language === 'en' ? ', ' : '，'
  switch (evidence.kind) {
    case 'event': {
      const { category, lateSeconds, level, missingElements } = evidence
      const late = lateSeconds === null ? [] : [language === 'en' ? `${lateSeconds} s late` : `超出 ${lateSeconds} 秒`]
      const missing = missingElements.map((element) => ELEMENT_WORDS[element][language])
      const list =
        missing.length === 0 ? [] : [language === 'en' ? `without ${missing.join(', ')}` : `缺 ${missing.join('、')}`]
      return [LEVEL_WORDS[level][language], CATEGORY_WORDS[category][language], ...late, ...list].join(join)
    }
    case 'check':
      return FINDING_WORDS[evidence.finding][language]
    case 'misreport':
      return [
        MISREPORT_KIND_WORDS[evidence.misreportKind][language],
        ...(evidence.eventCode ?? []),
        evidence.basis,
      ].join(join)
    case 'filing':
      return [evidence.holiday, FILING_FORM_WORDS[evidence.form][language]].join(join)
    case 'log': {
      const written = `${language === 'en' ? 'written' : '记录于'} ${evidence.writtenAt}`
      const closed = language === 'en' ? 'no outcome' : '未办结'
      return [
        written,
        evidence.closedAt === null ? closed : `${language === 'en' ? 'closed' : '办结于'} ${evidence.closedAt}`,
      ].join(join)
    }
  }
}

function toRow(
  deduction: UnitDeduction,
  language: ExportLanguage,
  titles: DimensionTitles | undefined,
): (string | number)[] {
  return [
    titles?.[deduction.dimension] ?? LEAGUE_SHEET_WORDS[language].dimension[deduction.dimension],
    DEDUCTION_WORDS[language][deduction.code],
    -deduction.points,
    deduction.ref,
    deduction.at.slice(0, 19).replace('T', ' '),
    deduction.clause,
    describeEvidence(deduction.evidence, language),
  ]
}

/** Every deduction of a unit's quarter with what it comes from. Throws ServiceError `not_found`. */
export async function exportUnitDeductionsXlsx(
  ctx: ServiceContext,
  input: { readonly unitCode: string; readonly quarter: Quarter; readonly asOf?: string | undefined },
  language: ExportLanguage,
): Promise<ExportedFile> {
  const words = LEAGUE_SHEET_WORDS[language]
  const page = await getUnitPage(ctx, input)
  const { provenance } = page
  const what = language === 'en' ? 'deductions' : '扣分明细'
  const title = `${page.unit.name} ${quarterWords(page.quarter, language)} ${what}`
  const workbook = await buildWorkbook({
    title,
    createdAt: ctx.clock(),
    sheets: [
      {
        name: what,
        columns: [
          { width: 12, format: 'general' },
          { width: 22, format: 'general' },
          { width: 8, format: 'points' },
          { width: 24, format: 'text' },
          { width: 21, format: 'text' },
          { width: 8, format: 'text' },
          { width: 50, format: 'general', isWrapped: true },
        ],
        headerRow: 2,
        isLandscape: true,
        rows: [
          [provenance.isSynthetic ? `${title}　${words.synthetic}` : title],
          [provenanceLine(provenance, language)],
          HEADER[language],
          ...page.deductions.map((deduction) => toRow(deduction, language, provenance.method?.titles)),
        ],
      },
    ],
  })
  return { fileName: `${title}.xlsx`, body: new Uint8Array(workbook) }
}
