import type { Revealed, RevealInput } from '@zhidu/contract'
import { asReadonly, type Db, findAccountPhone, findCheck } from '@zhidu/db'
import { localDateOf, type PlainDate } from '@zhidu/domain'
import { mayReveal } from '../actor.ts'
import { appendDone } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { readFilingPersonal } from '../filing/get-filing.ts'
import { inspectionDay } from '../inspection/inspection-day.ts'
import { isUuid, readInspection } from '../inspection/reveal-inspection.ts'
import { ServiceError } from '../service-error.ts'
import { checkDay, withReach } from '../snapshot.ts'

async function readCheck(trx: Db, checkCode: string): Promise<Revealed['fields']> {
  const check = await findCheck(asReadonly(trx), checkCode)
  if (check === undefined) throw new ServiceError('not_found', 'check_unknown', { checkCode })
  return [
    { field: 'inspectors', text: check.inspectors.join('、') },
    ...(check.note === null ? [] : [{ field: 'note' as const, text: check.note }]),
  ]
}

async function readAccount(trx: Db, accountId: string): Promise<Revealed['fields']> {
  const account = await findAccountPhone(asReadonly(trx), accountId)
  if (account === undefined) throw new ServiceError('not_found', 'account_unknown')
  return account.phone === null ? [] : [{ field: 'phone', text: account.phone }]
}

const READ = {
  check: readCheck,
  account: readAccount,
  inspection: (trx: Db, id: string, ctx: ServiceContext) => readInspection(trx, ctx, id),
  filing: (trx: Db, id: string, ctx: ServiceContext) => readFilingPersonal(trx, ctx, id),
} as const

async function dayOf(ctx: ServiceContext, { id, kind }: RevealInput): Promise<PlainDate> {
  if (kind === 'check') return await checkDay(ctx, id)
  return kind === 'inspection' && isUuid(id) ? await inspectionDay(ctx, id) : localDateOf(ctx.clock())
}

/**
 * What a mask hides of one record, for a reason that goes into the audit trail together with who asked.
 * Throws ServiceError `forbidden` for roles that may not, `not_found` for a record that is unknown or out of reach.
 */
export async function revealPersonal(ctx: ServiceContext, input: RevealInput): Promise<Revealed> {
  const { actor } = ctx
  const isAllowed =
    input.kind === 'account' ? actor.kind === 'account' && actor.permissions.has('accounts.manage') : mayReveal(actor)
  if (!isAllowed) throw new ServiceError('forbidden', 'role_forbids')
  return await withReach(ctx, await dayOf(ctx, input), async (trx) => {
    const fields = await READ[input.kind](trx, input.id, ctx)
    await appendDone(ctx, trx, {
      action: 'personal.reveal',
      object: `${input.kind}/${input.id}`,
      detail: { reason: input.reason, fields: fields.map(({ field }) => field) },
    })
    return { fields }
  })
}
