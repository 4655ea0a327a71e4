import type { UnitActPreview, UnitActPreviewInput, UnitRowItem } from '@zhidu/contract'
import { listFrozenQuarters, listQuartersWithFacts, type ReadonlyDb } from '@zhidu/db'
import {
  localDateOf,
  type PlainDate,
  planUnitAct,
  quarterOfDate,
  quarterRange,
  shiftQuarter,
  toPlainDate,
  type UnitAct,
  type UnitPeriod,
  type UnitPlan,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { rankQuarter } from '../league/load-group.ts'
import { loadRoster, type Roster } from '../league/load-roster.ts'
import { quarterEndOf } from '../league/rollup.ts'
import { toPoints } from '../league/shape.ts'
import { withSnapshot } from '../snapshot.ts'
import { assertAtTop, lastNameOf } from './load-present.ts'

export function toUnitAct(input: UnitActPreviewInput): UnitAct {
  return { ...input, onDate: toPlainDate(input.onDate) }
}

/** The roster as an act leaves it; new units come last in the official order. */
function toRoster({ tree }: UnitPlan, before: Roster): Roster {
  const position = new Map(before.position)
  for (const unitCode of tree.periodsOf.keys()) if (!position.has(unitCode)) position.set(unitCode, position.size)
  return { ...tree, position }
}

/** The quarter a preview shows: the newest with facts that ended before the act, else the one before the act. */
async function previewQuarter(db: ReadonlyDb, onDate: PlainDate) {
  const latest = shiftQuarter(quarterOfDate(onDate), -1)
  const known = await listQuartersWithFacts(db)
  return known.find((quarter) => quarter <= latest) ?? latest
}

async function listLines(
  db: ReadonlyDb,
  roster: Roster,
  act: UnitAct,
  day: PlainDate,
  asOf: number,
): Promise<UnitActPreview['before']> {
  if (act.kind !== 'merge' && act.kind !== 'split') return []
  const quarter = await previewQuarter(db, act.onDate)
  const ranked = await rankQuarter(db, roster, quarter, Math.min(quarterEndOf(quarter), asOf), day)
  return [...act.fromCodes, ...act.toCodes].flatMap((unitCode) => {
    const member = ranked.byUnit.get(unitCode)
    if (member === undefined) return []
    const { checks, score, timeliness } = member.ranked.summary
    return [
      {
        unitCode,
        name: member.period.name,
        group: member.period.peerGroup,
        timeliness: { ...timeliness },
        checks: { ...checks },
        score: score === null ? null : toPoints(score),
      },
    ]
  })
}

/** Frozen quarters that the act's day lies in or before: what they say of units stays. */
async function listFrozenFrom(db: ReadonlyDb, onDate: PlainDate): Promise<UnitActPreview['frozen']> {
  const quarters = (await listFrozenQuarters(db)).map(({ quarter }) => quarter)
  return [...new Set(quarters)].filter((quarter) => onDate <= quarterRange(quarter).lastOn).sort()
}

function toRowItem(
  { parentCode, unitCode, name, peerGroup, validFrom, validTo }: UnitPeriod,
  roster: Roster,
): UnitRowItem {
  const parentName = parentCode === null ? null : lastNameOf(roster, parentCode)
  return { unitCode, name, parentName, peerGroup, validFrom, validTo }
}

/** What an act would change of the units, and of a merger or split in the table of the last quarter before it, read by the tree of its day; and what is wrong with it. Top only. */
export function previewUnitAct(ctx: ServiceContext, input: UnitActPreviewInput): Promise<UnitActPreview> {
  const act = toUnitAct(input)
  const now = ctx.clock()
  const today = localDateOf(now)
  return withSnapshot(ctx, today, async (db) => {
    const roster = await loadRoster(db)
    assertAtTop(ctx, roster)
    const day = act.onDate > today ? act.onDate : today
    const plan = planUnitAct(act, roster)
    const after = toRoster(plan, roster)
    return {
      problems: plan.problems.map((problem) => ({
        ...problem,
        name: problem.unitCode === null ? '' : lastNameOf(after, problem.unitCode),
      })),
      gone: plan.gone.map((row) => toRowItem(row, after)),
      added: plan.added.map((row) => toRowItem(row, after)),
      frozen: await listFrozenFrom(db, act.onDate),
      quarter: await previewQuarter(db, act.onDate),
      before: await listLines(db, roster, act, day, now),
      after: plan.problems.length > 0 ? [] : await listLines(db, after, act, day, now),
    }
  })
}
