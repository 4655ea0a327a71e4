import { LEVEL_WORDS, type ObligationItem, type ObligationListInput } from '@zhidu/contract'
import { countObligations, listObligationRows, type ObligationPlace, type ReadonlyDb } from '@zhidu/db'
import { buildWorkbook } from '@zhidu/documents'
import type { ObligationKind, Outcome } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadRoster } from '../league/load-roster.ts'
import { loadStandings, standingKey } from '../obligation/load-standings.ts'
import { toObligationFilter, toPlace } from '../obligation/list-obligations.ts'
import { toObligationItem } from '../obligation/to-obligation-view.ts'
import { resolveAsOf } from '../rules/as-of.ts'
import { loadRules } from '../rules/load-rules.ts'
import { loadPresentProvenance } from '../rules/provenance.ts'
import { ServiceError } from '../service-error.ts'
import { scopeDay, withSnapshot } from '../snapshot.ts'
import type { ExportedFile, ExportLanguage } from './exported-file.ts'
import { LEAGUE_SHEET_WORDS, quarterWords } from './league-sheet-words.ts'
import { provenanceLine } from './provenance-line.ts'

const ROWS_PER_READ = 1_000
/** A sheet that Excel still opens at once; more is asked for in parts. */
const MAX_ROWS = 20_000

interface Words {
  readonly title: string
  readonly header: readonly string[]
  readonly kind: Readonly<Record<ObligationKind, string>>
  readonly outcome: Readonly<Record<Outcome, string>>
  readonly preReport: Readonly<Record<NonNullable<ObligationItem['preReport']>, string>>
  readonly reopened: string
  readonly none: string
}

const WORDS: Readonly<Record<ExportLanguage, Words>> = {
  'zh-CN': {
    title: '应报与时限',
    header: ['单位', '应报事项', '编号', '级别', '起', '时限', '完成', '结果', '超出(秒)', '预报', '重开'],
    kind: { phone: '电话报告', written: '书面首报', final: '终报', filing: '节假日报送' },
    outcome: { on_time: '按时', late: '迟报', missing: '未报', not_yet_due: '未到期' },
    preReport: { granted: '已顺延', not_in_rules: '办法不认可，不顺延', after_limit: '过时限才预报，不顺延' },
    reopened: '已重开',
    none: '—',
  },
  en: {
    title: 'Obligations',
    header: [
      'Unit',
      'Obligation',
      'Reference',
      'Level',
      'Arose',
      'Limit',
      'Met',
      'Outcome',
      'Seconds over',
      'Pre-report',
      'Re-opened',
    ],
    kind: { phone: 'Call', written: 'First report', final: 'Final report', filing: 'Holiday filing' },
    outcome: { on_time: 'On time', late: 'Late', missing: 'Missing', not_yet_due: 'Not yet due' },
    preReport: { granted: 'Limit moved', not_in_rules: 'Rules grant none', after_limit: 'After the limit' },
    reopened: 'Re-opened',
    none: '—',
  },
}

function instantText(at: string | null, none: string): string {
  return at === null ? none : at.slice(0, 19).replace('T', ' ')
}

function toRow(item: ObligationItem, language: ExportLanguage): (string | number)[] {
  const words = WORDS[language]
  return [
    item.unitName,
    words.kind[item.kind],
    item.ref,
    item.level === null ? words.none : LEVEL_WORDS[item.level][language],
    instantText(item.arisesAt, words.none),
    instantText(item.dueAt, words.none),
    instantText(item.metAt, words.none),
    words.outcome[item.outcome],
    item.lateSeconds ?? '',
    item.preReport === null ? '' : words.preReport[item.preReport],
    item.isReopened ? words.reopened : '',
  ]
}

type ExportInput = Omit<ObligationListInput, 'cursor'>

async function readItems(db: ReadonlyDb, input: ExportInput, asOf: number): Promise<ObligationItem[]> {
  const { quarter, sort = 'due' } = input
  const filter = toObligationFilter(input, asOf)
  const counts = await countObligations(db, filter)
  const total = counts.reduce((sum, { count }) => sum + count, 0)
  if (total > MAX_ROWS) {
    throw new ServiceError('invalid', 'export_too_large', { total: String(total), max: String(MAX_ROWS) })
  }
  const roster = await loadRoster(db)
  const rules = await loadRules(db, quarter)
  const items: ObligationItem[] = []
  let after: ObligationPlace | null = null
  for (;;) {
    const rows = await listObligationRows(db, filter, { sort, after, limit: ROWS_PER_READ })
    const standings = await loadStandings(db, { named: rows, quarter, roster, rules, asOf })
    for (const row of rows) {
      const standing = standings.get(standingKey(row))
      if (standing !== undefined) items.push(toObligationItem(standing, asOf))
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < ROWS_PER_READ) return items
    after = toPlace(last)
  }
}

/** The list of what is owed with its filters, whole. Throws ServiceError `invalid` where it is too long for one sheet. */
export async function exportObligationsXlsx(
  ctx: ServiceContext,
  input: ExportInput,
  language: ExportLanguage,
): Promise<ExportedFile> {
  const asOf = resolveAsOf(ctx, input.asOf)
  const { items, provenance } = await withSnapshot(ctx, scopeDay(input.quarter, asOf), async (db) => ({
    items: await readItems(db, input, asOf),
    provenance: await loadPresentProvenance(db, input.quarter, (await loadRules(db, input.quarter)).regulation, asOf),
  }))
  const words = WORDS[language]
  const sheet = LEAGUE_SHEET_WORDS[language]
  const title = `${quarterWords(input.quarter, language)} ${words.title}`
  const widths = [22, 14, 24, 10, 21, 21, 21, 10, 11, 22, 10]
  const workbook = await buildWorkbook({
    title,
    createdAt: ctx.clock(),
    sheets: [
      {
        name: words.title,
        columns: widths.map((width, index) => ({ width, format: index === 8 ? 'integer' : 'text' })),
        headerRow: 2,
        isLandscape: true,
        rows: [
          [provenance.isSynthetic ? `${title}　${sheet.synthetic}` : title],
          [provenanceLine(provenance, language)],
          words.header,
          ...items.map((item) => toRow(item, language)),
        ],
      },
    ],
  })
  return { fileName: `${title}.xlsx`, body: new Uint8Array(workbook) }
}
