import type { InboxInput, ReceiptInput, ReportContent, ReportInbox } from '@zhidu/contract'
import { listReportActs, listReportContents } from '@zhidu/db'
import { localDateOf, parseReceiptCode, toLocalIso } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { fromCursor, toCursor } from '../cursor.ts'
import { loadNames } from '../draw/office.ts'
import { loadUnitsInReach } from '../inspection/units-in-reach.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { actsOf, ownOf, toContent, toReceipt } from './to-content.ts'

const ITEMS_PER_PAGE = 30
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function startOf(cursor: string | undefined): { receivedAt: number; contentId: string } | null {
  if (cursor === undefined) return null
  const { at, keys } = fromCursor(cursor, 1)
  const contentId = keys[0] ?? ''
  if (!UUID.test(contentId)) throw new ServiceError('invalid', 'cursor_unknown')
  return { receivedAt: at, contentId }
}

/** Reports received from the units one level below, newest first; `unsigned`: those nobody signed for. */
export function listInbox(ctx: ServiceContext, { cursor, view }: InboxInput): Promise<ReportInbox> {
  const now = ctx.clock()
  return withSnapshot(ctx, localDateOf(now), async (db) => {
    const own = ownOf(ctx)
    const below = own === null ? new Map<string, unknown>() : (await loadUnitsInReach(db, own, now)).below
    const rows = await listReportContents(db, {
      unitCodes: [...below.keys()],
      isUnsigned: view === 'unsigned',
      before: startOf(cursor),
      limit: ITEMS_PER_PAGE + 1,
    })
    const shown = rows.slice(0, ITEMS_PER_PAGE)
    const ids = shown.map(({ contentId }) => contentId)
    const acts = await listReportActs(db, ids)
    const nameOf = await loadNames(db, ctx)
    const last = rows.length > ITEMS_PER_PAGE ? shown.at(-1) : undefined
    const isMine = ctx.actor.kind === 'account' && ctx.actor.permissions.has('reports.take')
    return {
      now: toLocalIso(now),
      items: shown.map((row) => ({
        receipt: toReceipt(row, { nameOf }),
        category: row.category,
        level: row.level,
        place: row.place,
        deaths: row.deaths,
        injuries: row.injuries,
        missing: row.missing,
        claimedPhonedAt: row.claimedPhonedAt === null ? null : toLocalIso(row.claimedPhonedAt),
        acts: actsOf(acts, row.contentId),
        isMine,
      })),
      nextCursor: last === undefined ? null : toCursor([last.receivedAt, last.contentId]),
    }
  })
}

/** The report behind a code that was typed or dictated. Throws ServiceError `invalid` for a code with a slip, `not_found` for none in reach. */
export async function findReceipt(ctx: ServiceContext, input: ReceiptInput): Promise<ReportContent> {
  const receiptCode = parseReceiptCode(input.receiptCode)
  if (receiptCode === null) throw new ServiceError('invalid', 'report_receipt_mistyped')
  return await withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    const [row] = await listReportContents(db, { receiptCode })
    if (row === undefined) throw new ServiceError('not_found', 'report_receipt_unknown')
    const acts = await listReportActs(db, [row.contentId])
    return toContent(row, acts, { own: ownOf(ctx), nameOf: await loadNames(db, ctx) })
  })
}
