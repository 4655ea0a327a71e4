import { createHash, createHmac, randomUUID } from 'node:crypto'
import type { InspectionOrderItem, OrderKey, OrderSecondInput, OrderUpperInput } from '@zhidu/contract'
import {
  asReadonly,
  type Db,
  insertInspectionOrder,
  type InspectionOrderRow,
  type InspectionRow,
  listInspectionOrders,
  listInspections,
} from '@zhidu/db'
import { localDateOf, maskName, quarterRange, toLocalIso } from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { loadNames, type Office, officeOf } from '../draw/office.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { listHiddenFirsts } from './blind.ts'
import { loadInspection } from './get-inspection.ts'
import { loadUnitsInReach } from './units-in-reach.ts'

const DUE_MS = 24 * 3_600_000
/** More checks than an installation makes in a quarter. */
const MANY = 100_000

interface Ordering {
  readonly kind: 'second' | 'upper'
  readonly inspectors: readonly string[]
  readonly reason: string
}

async function order(trx: Db, office: Office, first: InspectionRow, about: Ordering): Promise<string | null> {
  const { author, unitCode: officeCode } = office
  const orderId = randomUUID()
  const { inspectionId: firstId, unitCode } = first
  const row = {
    orderId,
    unitCode,
    officeCode,
    firstId,
    ...about,
    dueAt: author.at + DUE_MS,
    caseId: null,
    fromAt: null,
  }
  return (await insertInspectionOrder(trx, row, author)) ? orderId : null
}

/**
 * Orders that others check again, blind: until theirs is received, those named read nothing of the first. Throws ServiceError
 * `forbidden` for the check of another office, `invalid` when one of its inspectors is named, `conflict` when it is ordered already.
 */
export function orderSecond(
  ctx: ServiceContext,
  { inspectionId, inspectors, reason }: OrderSecondInput,
): Promise<OrderKey> {
  const what = {
    action: 'inspection.orderSecond',
    object: `inspection/${inspectionId}`,
    detail: { inspectors, reason },
  }
  return withChange(ctx, what, async (trx) => {
    const office = officeOf(ctx)
    const first = await loadInspection(asReadonly(trx), ctx, inspectionId)
    if (first.officeCode !== office.unitCode) throw new ServiceError('forbidden', 'inspection_of_other_office')
    if (first.result === 'compared') throw new ServiceError('invalid', 'inspection_is_second')
    if (first.inspectors.some((one) => inspectors.includes(one))) {
      throw new ServiceError('invalid', 'inspection_not_by_others')
    }
    const orderId = await order(trx, office, first, { kind: 'second', inspectors, reason })
    if (orderId === null) throw new ServiceError('conflict', 'inspection_ordered')
    return { orderId }
  })
}

/**
 * The sample of some checks: those with the least HMAC-SHA-256 of their id, the key being the hash of the quarter and of every id.
 * Whoever knows the list computes the same, and nobody who made a check could tell.
 */
export function chooseSample(quarter: string, inspectionIds: readonly string[], size: number): string[] {
  const sorted = inspectionIds.toSorted()
  const key = createHash('sha256')
    .update(`${quarter}\n${sorted.join('\n')}\n`)
    .digest()
  const rankOf = (id: string) => createHmac('sha256', key).update(id).digest('hex')
  return sorted
    .map((id) => [rankOf(id), id] as const)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .slice(0, size)
    .map(([, id]) => id)
}

/** Orders that a sample of what the offices below checked in a quarter is checked again from here. Says which. */
export function orderUpperSample(ctx: ServiceContext, input: OrderUpperInput): Promise<{ orderIds: string[] }> {
  const { inspectors, quarter, reason, size } = input
  const what = { action: 'inspection.orderUpper', object: `quarter/${quarter}` }
  return withChange(ctx, what, async (trx, note) => {
    const office = officeOf(ctx)
    const db = asReadonly(trx)
    const { further } = await loadUnitsInReach(db, office.unitCode, ctx.clock())
    const all = { unitCode: null, method: null, purpose: null, finding: null, hidden: [] }
    const filter = { ...all, range: quarterRange(quarter) }
    const made = await listInspections(db, filter, { standing: null, after: null, limit: MANY })
    const ordered = new Set((await listInspectionOrders(db)).map(({ firstId, kind }) => `${kind} ${firstId}`))
    const open = made.filter(
      ({ inspectionId, officeCode, result, unitCode }) =>
        result !== 'compared' &&
        officeCode !== office.unitCode &&
        further.has(unitCode) &&
        !ordered.has(`upper ${inspectionId}`),
    )
    if (open.length === 0) throw new ServiceError('conflict', 'inspection_none_below')
    const chosen = chooseSample(
      quarter,
      open.map(({ inspectionId }) => inspectionId),
      size,
    )
    const orderIds: string[] = []
    for (const first of open.filter(({ inspectionId }) => chosen.includes(inspectionId))) {
      const orderId = await order(trx, office, first, { kind: 'upper', inspectors, reason })
      if (orderId !== null) orderIds.push(orderId)
    }
    note.detail = { of: open.length, size, chosen }
    return { orderIds }
  })
}

type AgainOrder = InspectionOrderRow & { readonly kind: 'second' | 'upper' }

function isAgain(row: InspectionOrderRow): row is AgainOrder {
  return row.kind !== 'recheck'
}

function toOrderItem(
  row: AgainOrder,
  { hidden, nameOf }: { readonly hidden: ReadonlySet<string>; readonly nameOf: (unitCode: string) => string },
): InspectionOrderItem {
  return {
    orderId: row.orderId,
    kind: row.kind,
    unitCode: row.unitCode,
    unitName: nameOf(row.unitCode),
    officeName: nameOf(row.officeCode),
    firstId: hidden.has(row.firstId) ? null : row.firstId,
    secondId: row.secondId,
    inspectors: row.inspectors.map(maskName),
    reason: row.reason,
    orderedAt: toLocalIso(row.orderedAt),
    orderedBy: row.orderedBy,
    dueAt: toLocalIso(row.dueAt),
  }
}

/** 复核安排: of the own office and those below, newest first; no rechecks, whose days are secret. */
export function listOrders(ctx: ServiceContext): Promise<InspectionOrderItem[]> {
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    const hidden = new Set(await listHiddenFirsts(db, ctx))
    const nameOf = await loadNames(db, ctx)
    return (await listInspectionOrders(db)).filter(isAgain).map((row) => toOrderItem(row, { hidden, nameOf }))
  })
}
