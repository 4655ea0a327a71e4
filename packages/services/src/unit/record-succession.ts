import { randomUUID } from 'node:crypto'
import type {
  SuccessionInput,
  SuccessionPreview,
  SuccessionPreviewInput,
  WithdrawSuccessionInput,
} from '@zhidu/contract'
import {
  addSuccessions,
  asReadonly,
  listQuartersWithFacts,
  listSuccessions,
  type ReadonlyDb,
  rebuildUnitClosure,
  withdrawSuccession,
} from '@zhidu/db'
import {
  checkSuccession,
  localDateOf,
  type PlainDate,
  quarterOfDate,
  shiftQuarter,
  type SuccessionAct,
  type SuccessionFact,
  toPlainDate,
} from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { lockFacts } from '../facts-lock.ts'
import { rankQuarter } from '../league/load-group.ts'
import { loadRoster, type Roster } from '../league/load-roster.ts'
import { quarterEndOf } from '../league/rollup.ts'
import { toPoints } from '../league/shape.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { actorName, assertAtTop, lastNameOf } from './load-present.ts'

function toAct(input: SuccessionPreviewInput): SuccessionAct {
  return { ...input, onDate: toPlainDate(input.onDate) }
}

function pairsOf({ fromCodes, kind, onDate, toCodes }: SuccessionAct): SuccessionFact[] {
  return fromCodes.flatMap((fromCode) => toCodes.map((toCode) => ({ fromCode, toCode, kind, onDate })))
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
  act: SuccessionAct,
  day: PlainDate,
  asOf: number,
): Promise<SuccessionPreview['before']> {
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

/** What a merger or split would change in the table of the last quarter before it, read by the tree of its day, and what is wrong with it. Top only. */
export function previewSuccession(ctx: ServiceContext, input: SuccessionPreviewInput): Promise<SuccessionPreview> {
  const act = toAct(input)
  const now = ctx.clock()
  const today = localDateOf(now)
  return withSnapshot(ctx, today, async (db) => {
    const roster = await loadRoster(db)
    assertAtTop(ctx, roster)
    const day = act.onDate > today ? act.onDate : today
    const after = { ...roster, successions: [...roster.successions, ...pairsOf(act)] }
    const problems = checkSuccession(act, roster)
    return {
      problems: problems.map((problem) => ({
        ...problem,
        name: problem.unitCode === null ? '' : lastNameOf(roster, problem.unitCode),
      })),
      quarter: await previewQuarter(db, act.onDate),
      before: await listLines(db, roster, act, day, now),
      after: problems.length > 0 ? [] : await listLines(db, after, act, day, now),
    }
  })
}

/**
 * Records a merger or split. No fact and no audit entry changes; from now on the past of merged units is read as their
 * successor's by today's tree. Throws ServiceError `forbidden` unless at the top, `invalid` with the problem and the unit.
 */
export function recordSuccession(ctx: ServiceContext, input: SuccessionInput): Promise<{ readonly actId: string }> {
  const act = toAct(input)
  const { fromCodes, kind, onDate, toCodes } = act
  const object = `unit/${fromCodes.join('+')}>${toCodes.join('+')}`
  const what = { action: `unit.record`, object, detail: { kind, fromCodes, toCodes, onDate, reason: input.reason } }
  return withChange(ctx, what, async (trx) => {
    await lockFacts(trx)
    const roster = await loadRoster(asReadonly(trx))
    assertAtTop(ctx, roster)
    const [problem] = checkSuccession(act, roster)
    if (problem !== undefined) {
      const name = problem.unitCode === null ? '' : lastNameOf(roster, problem.unitCode)
      throw new ServiceError('invalid', `succession_${problem.kind}`, {
        unitCode: problem.unitCode ?? '',
        name,
        onDate,
      })
    }
    const actId = randomUUID()
    const record = { recordedAt: ctx.clock(), recordedBy: actorName(ctx) }
    await addSuccessions(trx, { actId, pairs: pairsOf(act), onDate, kind, reason: input.reason, ...record })
    await rebuildUnitClosure(trx)
    return { actId }
  })
}

/** Takes back what was recorded by mistake; it stays on record. Throws ServiceError `not_found` for an act that does not hold. */
export function withdrawUnitSuccession(ctx: ServiceContext, input: WithdrawSuccessionInput): Promise<void> {
  const { actId, reason } = input
  const what = { action: 'unit.withdraw', object: `unit-succession/${actId}`, detail: { reason } }
  return withChange(ctx, what, async (trx, note) => {
    await lockFacts(trx)
    assertAtTop(ctx, await loadRoster(asReadonly(trx)))
    const rows = (await listSuccessions(asReadonly(trx))).filter((row) => row.actId === actId)
    const count = await withdrawSuccession(trx, { actId, at: ctx.clock(), by: actorName(ctx), reason })
    const [first] = rows
    if (count === 0 || first === undefined) throw new ServiceError('not_found', 'succession_unknown')
    const codes = { fromCodes: rows.map((row) => row.fromCode), toCodes: rows.map((row) => row.toCode) }
    note.detail = { reason, kind: first.kind, onDate: first.onDate, ...codes }
    await rebuildUnitClosure(trx)
  })
}
