import { randomUUID } from 'node:crypto'
import type { UnitActDone, UnitActInput, UnitActWithdrawn, WithdrawUnitActInput } from '@zhidu/contract'
import {
  addSuccessions,
  asReadonly,
  isUnitUsed,
  listSuccessions,
  listUnitRowsOfChange,
  withdrawSuccession,
} from '@zhidu/db'
import { planUnitAct } from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { lockFacts } from '../facts-lock.ts'
import { loadRoster } from '../league/load-roster.ts'
import { ServiceError } from '../service-error.ts'
import { actorName, assertAtTop, lastNameOf } from './load-present.ts'
import { toUnitAct } from './preview-unit-act.ts'
import { planTakingBack, settleUnitRows, writeUnitRows } from './unit-rows.ts'

function objectOf(input: UnitActInput): string {
  if (input.kind === 'merge' || input.kind === 'split') {
    return `unit/${input.fromCodes.join('+')}>${input.toCodes.join('+')}`
  }
  return `unit/${input.kind === 'close' ? input.unitCode : input.unit.unitCode}`
}

/**
 * Records what happens to units from a day on: rows of units end and begin, mergers and splits are put down, the tree and open
 * quarters follow, in one transaction. No fact, no audit entry and no frozen quarter changes; what a merged unit did is read as
 * its successor's by today's tree. Throws ServiceError `forbidden` unless at the top, `invalid` with the problem and the unit.
 */
export function recordUnitAct(ctx: ServiceContext, input: UnitActInput): Promise<UnitActDone> {
  const { reason, ...rest } = input
  const act = toUnitAct(rest)
  const { kind, onDate } = act
  const what = { action: 'unit.record', object: objectOf(input), detail: { ...input } }
  return withChange(ctx, what, async (trx, note) => {
    await lockFacts(trx)
    const roster = await loadRoster(asReadonly(trx))
    assertAtTop(ctx, roster)
    const plan = planUnitAct(act, roster)
    const [problem] = plan.problems
    if (problem !== undefined) {
      const { unitCode } = problem
      const name = unitCode === null ? '' : lastNameOf({ ...roster, ...plan.tree }, unitCode)
      throw new ServiceError('invalid', `unit_act_${problem.kind}`, { unitCode: unitCode ?? '', name, onDate })
    }
    const actId = randomUUID()
    await writeUnitRows(trx, ctx, { ...plan, changeId: actId, what: `unit/${kind}`, detail: input })
    if (kind === 'merge' || kind === 'split') {
      const record = { recordedAt: ctx.clock(), recordedBy: actorName(ctx) }
      await addSuccessions(trx, { actId, pairs: plan.successions, onDate, kind, reason, ...record })
    }
    await settleUnitRows(trx, ctx, plan)
    note.detail = { ...input, actId, gone: plan.gone.length, added: plan.added.length }
    return { actId, rows: plan.added.length }
  })
}

/**
 * Takes a merger or split back that was recorded by mistake, with what it has closed, opened and moved, and nothing else; all of
 * it stays on record. Throws ServiceError `not_found` for an act that does not hold.
 */
export function withdrawUnitAct(ctx: ServiceContext, input: WithdrawUnitActInput): Promise<UnitActWithdrawn> {
  const { actId, reason } = input
  const what = { action: 'unit.withdraw', object: `unit-succession/${actId}`, detail: { reason } }
  return withChange(ctx, what, async (trx, note) => {
    await lockFacts(trx)
    const roster = await loadRoster(asReadonly(trx))
    assertAtTop(ctx, roster)
    const rows = (await listSuccessions(asReadonly(trx))).filter((row) => row.actId === actId)
    const count = await withdrawSuccession(trx, { actId, at: ctx.clock(), by: actorName(ctx), reason })
    const [first] = rows
    if (count === 0 || first === undefined) throw new ServiceError('not_found', 'unit_act_unknown')
    const made = await listUnitRowsOfChange(asReadonly(trx), actId)
    const { kept, ...difference } = await planTakingBack(made, roster.periodsOf, (code) => isUnitUsed(trx, code))
    await writeUnitRows(trx, ctx, { ...difference, changeId: randomUUID(), what: 'unit/withdraw', detail: input })
    await settleUnitRows(trx, ctx, difference)
    const codes = { fromCodes: rows.map((row) => row.fromCode), toCodes: rows.map((row) => row.toCode) }
    note.detail = { reason, kind: first.kind, onDate: first.onDate, ...codes, kept }
    return { kept: kept.map((unitCode) => ({ unitCode, name: lastNameOf(roster, unitCode) })) }
  })
}
