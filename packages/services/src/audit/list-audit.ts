import type { AuditBody } from '@zhidu/audit'
import { type AuditItem, type AuditList, type AuditListInput, AUDIT_ACTOR_KINDS } from '@zhidu/contract'
import { asReadonly, type AuditFilter, type AuditRow, countAudit, listAuditPage, withTransaction } from '@zhidu/db'
import { toLocalIso } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { MAX_COUNTED } from '../take-page.ts'
import { hashOf, readEntry } from './read-entry.ts'

const ITEMS_PER_PAGE = 50

function toPart(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text
}

function toInstant(text: string | undefined): number | null {
  return text === undefined ? null : Date.parse(text)
}

function toFilter(input: AuditListInput): AuditFilter {
  return {
    from: toInstant(input.from),
    to: toInstant(input.to),
    actorPart: toPart(input.actor),
    action: input.action ?? null,
    outcome: input.outcome ?? null,
    objectPart: toPart(input.object),
  }
}

/** What is left of an entry whose text can no longer be read: its columns. */
function fromColumns(row: AuditRow): Omit<AuditBody, 'v' | 'at'> {
  const kind = AUDIT_ACTOR_KINDS.find((one) => one === row.actorKind) ?? 'anonymous'
  const { action, address, object, outcome, reason } = row
  const actor = { kind, id: row.actorId, name: row.actorName, unit: row.unitCode }
  return { actor, from: address, action, object, outcome, reason, detail: {} }
}

function toItem(row: AuditRow): AuditItem {
  const { body, isIntact } = readEntry(row)
  const { action, actor, detail, from, object, outcome, reason } = body ?? fromColumns(row)
  const at = toLocalIso(body === null ? row.at : Date.parse(body.at))
  // Safe: what was read back from JSON is JSON; the contract's type has writable members.
  const itemDetail = detail as AuditItem['detail']
  const who = { kind: actor.kind, id: actor.id, name: actor.name, unit: actor.unit }
  const what = { action, object, outcome, reason, detail: itemDetail }
  return { seq: row.seq, at, actor: who, address: from, ...what, hash: hashOf(row), isIntact }
}

/** Entries of the audit trail that pass, newest first, fifty a page; everybody's, whoever asks. */
export function listAudit(ctx: ServiceContext, input: AuditListInput): Promise<AuditList> {
  const filter = toFilter(input)
  const before = input.cursor === undefined ? null : Number(input.cursor)
  return withTransaction(
    ctx.db,
    async (trx) => {
      const db = asReadonly(trx)
      const rows = await listAuditPage(db, filter, before, ITEMS_PER_PAGE + 1)
      const counted = await countAudit(db, filter, MAX_COUNTED + 1)
      const items = rows.slice(0, ITEMS_PER_PAGE).map(toItem)
      const last = rows.length > ITEMS_PER_PAGE ? items.at(-1) : undefined
      return {
        items,
        nextCursor: last === undefined ? null : String(last.seq),
        total: Math.min(counted, MAX_COUNTED),
        isTotalExact: counted <= MAX_COUNTED,
      }
    },
    { isolation: 'repeatable read', isReadOnly: true },
  )
}
