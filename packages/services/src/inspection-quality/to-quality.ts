import type {
  InspectionQuality,
  MaskedInspector,
  QualityAgreement,
  QualityFinding,
  QualityItem,
  QualityLeniency,
} from '@zhidu/contract'
import type {
  Coverage,
  FindingAgreement,
  InspectorLoad,
  ItemAgreement,
  JudgedAgreement,
  Leniency,
  LeniencyWord,
} from '@zhidu/domain'
import type { UnitBelow } from '../draw/load-units-below.ts'
import type { ChecklistTitles } from './load-pairs.ts'

type Mask = (name: string) => MaskedInspector

const PARTS = 10_000
function rounded(value: number): number {
  return Math.round(value * PARTS) / PARTS
}
function roundedRange({ high, low }: { readonly low: number; readonly high: number }) {
  return { low: rounded(low), high: rounded(high) }
}

export function toJudged(found: JudgedAgreement): QualityAgreement {
  const { ac1, ac1Range, agreed, counts, kappa, pairs, range, word } = found
  return {
    counts: { ...counts },
    agreed,
    pairs,
    range: roundedRange(range),
    ac1: ac1 === null ? null : rounded(ac1),
    ac1Range: ac1Range === null ? null : roundedRange(ac1Range),
    kappa: kappa === null ? null : rounded(kappa),
    word,
  }
}

export function toItemAgreement(found: ItemAgreement, titles: ChecklistTitles): QualityItem {
  const { checklistId, item } = found
  const { finding, section, text } = item
  const checklistTitle = titles.get(checklistId) ?? checklistId
  return { ...toJudged(found), checklistId, checklistTitle, section, text, finding }
}

export function toFindingAgreement(found: FindingAgreement): QualityFinding {
  return { ...toJudged(found), finding: found.finding }
}

export function toCoverage({ rows, ...sums }: Coverage, units: readonly UnitBelow[]): InspectionQuality['coverage'] {
  const unitOf = new Map(units.map((unit) => [unit.unitCode, unit]))
  return {
    ...sums,
    rows: rows.map((row) => {
      const unit = unitOf.get(row.unitCode)
      return {
        ...row,
        name: unit?.name ?? row.unitCode,
        group: unit?.group ?? '',
        byKind: { ...row.byKind },
        byMethod: { ...row.byMethod },
        rules: { ...row.rules },
      }
    }),
  }
}

export function toLoad(
  { checks, nights, rows }: InspectorLoad,
  { mask, nameOf }: { readonly mask: Mask; readonly nameOf: (unitCode: string) => string },
): InspectionQuality['load'] {
  return {
    checks: { ...checks },
    nights: { ...nights },
    rows: rows
      .toSorted((a, b) => b.checks - a.checks)
      .map(({ inspector, metres, most, ...row }) => ({
        ...row,
        inspector: mask(inspector),
        kilometres: metres === null ? null : Math.round(metres / 100) / 10,
        most: most === null ? null : { ...most, name: nameOf(most.unitCode) },
      })),
  }
}

/** What was said of somebody first, then by how far found lies from expected. */
const ORDER: Readonly<Record<LeniencyWord, number>> = { lenient: 0, strict: 0, unclear: 1, alone: 2, few: 3 }

export function toLeniency({ rows, ...sums }: Leniency, mask: Mask): Omit<InspectionQuality['leniency'], 'byChance'> {
  const toRow = ({ expected, inspector, p, ...row }: Leniency['rows'][number]): QualityLeniency => ({
    ...row,
    inspector: mask(inspector),
    expected: rounded(expected),
    p: rounded(p),
  })
  const gone = ({ expected, found }: Leniency['rows'][number]) => found - expected
  return { ...sums, rows: rows.toSorted((a, b) => ORDER[a.word] - ORDER[b.word] || gone(a) - gone(b)).map(toRow) }
}
