import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { DrawAuthor } from './draw-plans.ts'

/** That others check again what was checked. */
export interface InspectionOrderRow {
  readonly orderId: string
  readonly unitCode: string
  readonly officeCode: string
  readonly kind: 'second' | 'upper' | 'recheck'
  readonly firstId: string
  readonly inspectors: readonly string[]
  readonly reason: string
  /** Epoch ms. */
  readonly orderedAt: number
  readonly orderedBy: string
  readonly dueAt: number
  /** The check that was made for it; null = none yet. */
  readonly secondId: string | null
  /** Of a recheck: the case that was closed, and the instant before which nobody is told; null for others. */
  readonly caseId: string | null
  readonly fromAt: number | null
}

interface OrderFilter {
  readonly orderId?: string
  readonly firstId?: string
  /** Only those no check was received for. */
  readonly isOpen?: boolean
}

/** Newest first. */
export function listInspectionOrders(
  db: ReadonlyDb,
  { firstId, isOpen, orderId }: OrderFilter = {},
): Promise<InspectionOrderRow[]> {
  return db
    .selectFrom('inspection_order as o')
    .leftJoin('inspection as i', 'i.order_id', 'o.order_id')
    .select([
      'o.order_id as orderId',
      'o.unit_code as unitCode',
      'o.office_code as officeCode',
      'o.kind',
      'o.first_id as firstId',
      'o.inspectors',
      'o.reason',
      'o.ordered_at as orderedAt',
      'o.ordered_by as orderedBy',
      'o.due_at as dueAt',
      'i.inspection_id as secondId',
      'o.case_id as caseId',
      'o.from_at as fromAt',
    ])
    .$if(orderId !== undefined, (query) => query.where('o.order_id', '=', orderId ?? ''))
    .$if(firstId !== undefined, (query) => query.where('o.first_id', '=', firstId ?? ''))
    .$if(isOpen === true, (query) => query.where('i.inspection_id', 'is', null))
    .$call(inScope(db, 'inspection-orders', 'o.office_code'))
    .orderBy('o.ordered_at', 'desc')
    .orderBy('o.order_id')
    .execute()
}

/** False when that check was ordered to be made again already, or that case. */
export async function insertInspectionOrder(
  db: Db,
  order: Omit<InspectionOrderRow, 'orderedAt' | 'orderedBy' | 'secondId'>,
  author: DrawAuthor,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('inspection_order')
    .values({
      order_id: order.orderId,
      unit_code: order.unitCode,
      office_code: order.officeCode,
      kind: order.kind,
      first_id: order.firstId,
      inspectors: [...order.inspectors],
      reason: order.reason,
      ordered_at: instant(author.at),
      ordered_by: author.name,
      ordered_by_id: author.id,
      due_at: instant(order.dueAt),
      case_id: order.caseId,
      from_at: order.fromAt === null ? null : instant(order.fromAt),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
