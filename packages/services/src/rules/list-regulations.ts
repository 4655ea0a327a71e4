import type { RegulationItem, RegulationKey, RegulationList, RegulationVersion } from '@zhidu/contract'
import { asReadonly, listRegulations as listRows, type RegulationRow, withTransaction } from '@zhidu/db'
import { type Quarter, quarterOf, quarterRange, shiftQuarter } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import { isAtTheTop } from './author.ts'
import { toRegulationItem } from './to-regulation-item.ts'

/** Quarters shown with the rules they follow: the present one, those before it, and the next two. */
const QUARTERS_BEFORE = 4
const QUARTERS_AHEAD = 2

function permits({ actor }: ServiceContext, permission: 'rules.write' | 'rules.publish'): boolean {
  return actor.kind !== 'account' || actor.permissions.has(permission)
}

/** Drafts are for those who make rules; everybody reads what is published. */
function maySeeDrafts(ctx: ServiceContext): boolean {
  return permits(ctx, 'rules.write') || permits(ctx, 'rules.publish')
}

function loadRows(ctx: ServiceContext): Promise<RegulationRow[]> {
  return withTransaction(ctx.db, (trx) => listRows(asReadonly(trx)), { isReadOnly: true })
}

function rulesOf(quarter: Quarter, rows: readonly RegulationRow[]): RegulationRow | undefined {
  const { lastOn } = quarterRange(quarter)
  return rows
    .filter(({ state }) => state === 'published')
    .find(({ effectiveFrom }) => effectiveFrom === null || effectiveFrom <= lastOn)
}

/** Every version that the actor may see, and which quarter follows which. */
export async function listRegulations(ctx: ServiceContext): Promise<RegulationList> {
  const [rows, isTop] = await Promise.all([loadRows(ctx), isAtTheTop(ctx)])
  const present = quarterOf(ctx.clock())
  const seen = maySeeDrafts(ctx) ? rows : rows.filter(({ state }) => state === 'published')
  const steps = Array.from({ length: QUARTERS_BEFORE + QUARTERS_AHEAD + 1 }, (_, index) => QUARTERS_AHEAD - index)
  return {
    items: seen.map((row) => toRegulationItem(row, rows, ctx.actor)),
    quarters: steps.flatMap((step) => {
      const quarter = shiftQuarter(present, step)
      const row = rulesOf(quarter, rows)
      return row === undefined ? [] : [{ quarter, id: row.id, version: row.version, hasEnded: step < 0 }]
    }),
    earliestEffectiveFrom: quarterRange(present).firstOn,
    mayWrite: isTop && permits(ctx, 'rules.write'),
    mayPublish: isTop && permits(ctx, 'rules.publish'),
  }
}

/** One version with its document. Throws ServiceError `not_found`; also for a draft that the actor may not see. */
export async function getRegulation(ctx: ServiceContext, { id, version }: RegulationKey): Promise<RegulationVersion> {
  const rows = await loadRows(ctx)
  const row = rows.find((one) => one.id === id && one.version === version)
  if (row === undefined || (row.state === 'draft' && !maySeeDrafts(ctx))) {
    throw new ServiceError('not_found', 'regulation_unknown', { id, version })
  }
  // Safe: a document is stored as it was parsed.
  return { item: toRegulationItem(row, rows, ctx.actor), document: row.document as RegulationVersion['document'] }
}

/** The item alone, after a change. */
export async function getRegulationItem(ctx: ServiceContext, key: RegulationKey): Promise<RegulationItem> {
  return (await getRegulation(ctx, key)).item
}
