import { ChecklistShape, InspectionDocument } from '@zhidu/contract'
import {
  findRegulation,
  type InspectionContentRow,
  type InspectionOrderRow,
  listInspectionContents,
  listInspectionFindings,
  type ReadonlyDb,
} from '@zhidu/db'
import { type CheckPair, localDateOf, type PairedCheck, quarterOf, type Regulation, unitPeriodOn } from '@zhidu/domain'
import { judgeDocument } from '../inspection/judge-document.ts'
import { loadKnownDuty } from '../inspection/kit-rosters.ts'
import type { Roster } from '../league/load-roster.ts'
import { loadRules } from '../rules/load-rules.ts'

/** A first check and the one that was made again of it. */
export interface LoadedPair extends CheckPair {
  readonly order: InspectionOrderRow
  /** Of the first. */
  readonly officeCode: string
}

/** Titles of lists, by id: of the newest that was met. */
export type ChecklistTitles = Map<string, string>

interface Reading {
  readonly roster: Roster
  readonly titles: ChecklistTitles
  readonly rules: Map<string, Regulation>
  readonly findingsOf: ReadonlyMap<string, readonly { readonly finding: PairedCheck['findings'][number] }[]>
}

async function rulesOf(db: ReadonlyDb, row: InspectionContentRow, rules: Reading['rules']): Promise<Regulation> {
  const key = `${row.regulationId} ${row.regulationVersion}`
  const known = rules.get(key)
  if (known !== undefined) return known
  const found = await findRegulation(db, { id: row.regulationId, version: row.regulationVersion })
  const regulation = found?.document ?? (await loadRules(db, quarterOf(row.at))).regulation
  rules.set(key, regulation)
  return regulation
}

/** A first check by what was found when it came; one that was made again is judged now, by what was known at its second. */
async function toPaired(
  db: ReadonlyDb,
  row: InspectionContentRow,
  { findingsOf, roster, rules, titles }: Reading,
): Promise<PairedCheck> {
  const { at, inspectionId, unitCode } = row
  const document = InspectionDocument.parse(JSON.parse(row.document))
  const checklist = ChecklistShape.parse(JSON.parse(row.checklist))
  titles.set(checklist.id, checklist.title)
  const regulation = await rulesOf(db, row, rules)
  const duty = await loadKnownDuty(db, { unitCodes: [unitCode], from: at, to: at + 1, knownAt: at })
  const period = unitPeriodOn(roster.periodsOf.get(unitCode) ?? [], localDateOf(at))
  const judged = judgeDocument({ document, checklist, regulation, period, duty, at })
  const stored =
    document.orderId === null || document.purpose === 'ordered' ? (findingsOf.get(inspectionId) ?? []) : judged.findings
  return {
    at,
    method: document.method,
    checklistId: checklist.id,
    items: checklist.items,
    answers: document.answers,
    findings: stored.map(({ finding }) => finding),
    isConclusive: judged.result !== 'inconclusive',
  }
}

/** Pairs of orders that were carried out, in order of the orders. */
export async function loadPairs(
  db: ReadonlyDb,
  orders: readonly InspectionOrderRow[],
  { roster, titles }: Pick<Reading, 'roster' | 'titles'>,
): Promise<LoadedPair[]> {
  const made = orders.flatMap((order) => (order.secondId === null ? [] : [{ order, secondId: order.secondId }]))
  const ids = made.flatMap(({ order, secondId }) => [order.firstId, secondId])
  const rows = new Map((await listInspectionContents(db, ids)).map((row) => [row.inspectionId, row]))
  const found = await listInspectionFindings(db, ids)
  const reading: Reading = {
    roster,
    titles,
    rules: new Map(),
    findingsOf: Map.groupBy(found, ({ inspectionId }) => inspectionId),
  }
  const pairs: LoadedPair[] = []
  for (const { order, secondId } of made) {
    const [first, second] = [rows.get(order.firstId), rows.get(secondId)]
    if (first === undefined || second === undefined) continue
    pairs.push({
      order,
      officeCode: first.officeCode,
      first: await toPaired(db, first, reading),
      second: await toPaired(db, second, reading),
    })
  }
  return pairs
}
