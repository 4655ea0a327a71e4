import type { AnswerInquiryInput, LeadInquiryItem, LeadInquiryList } from '@zhidu/contract'
import {
  asReadonly,
  type CaseFileRow,
  type Db,
  insertLeadInquiryStep,
  type LeadInquiryRow,
  type LeadInquiryStepRow,
  listCaseFiles,
  listLeadInquiries,
  listLeadInquirySteps,
  loadCaseFacts,
  lockForTransaction,
} from '@zhidu/db'
import {
  daysLeft,
  type HolidayBlock,
  lampOf,
  localDateOf,
  maskNumbers,
  type PlainDate,
  toLocalIso,
} from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { loadNames, officeOf } from '../draw/office.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { toCaseFile } from '../supervision-case/get-case.ts'
import { loadHolidays, ownUnitOf } from '../supervision-case/load-case.ts'
import { dueOf } from './load-lead.ts'

interface Reader {
  readonly today: PlainDate
  readonly holidays: readonly HolidayBlock[]
  readonly nameOf: (unitCode: string) => string
  readonly mayAnswer: boolean
}

function toItem(
  row: LeadInquiryRow,
  steps: readonly LeadInquiryStepRow[],
  files: readonly CaseFileRow[],
  { holidays, mayAnswer, nameOf, today }: Reader,
): LeadInquiryItem {
  const { lastDay, notAnnounced } = dueOf(row, holidays)
  const isExplained = steps.some(({ kind }) => kind === 'explained')
  const outcome = steps.find(({ kind }) => kind === 'closed')?.outcome ?? null
  const isOver = isExplained || outcome !== null
  const handedIn = new Set(steps.flatMap((step) => step.files))
  return {
    inquiryId: row.inquiryId,
    inquiryCode: row.inquiryCode,
    unitCode: row.unitCode,
    unitName: nameOf(row.unitCode),
    officeName: row.officeName,
    question: maskNumbers(row.question),
    place: row.place,
    toldAt: row.toldAt === null ? null : toLocalIso(row.toldAt),
    askedAt: toLocalIso(row.at),
    lastDay,
    notAnnounced,
    workingDays: row.workingDays,
    daysLeft: isOver || lastDay === null ? null : daysLeft(lastDay, today),
    lamp: isOver ? 'off' : lampOf(lastDay, today),
    isReceived: steps.some(({ kind }) => kind === 'received'),
    isExplained,
    outcome,
    steps: steps.map(({ at, byName, eventCode, files: hashes, kind, note }) => ({
      kind,
      at: toLocalIso(at),
      // Who of the office closed it is the office's own.
      by: kind === 'closed' ? row.officeName : byName,
      note: note === null ? null : maskNumbers(note),
      eventCode,
      files: files.filter(({ sha256 }) => hashes.includes(sha256)).map(toCaseFile),
    })),
    drafts: files.filter(({ sha256 }) => !handedIn.has(sha256)).map(toCaseFile),
    mayAnswer: mayAnswer && !isOver,
  }
}

/** 核查通知 that the reader's own unit got, newest first. They say what, where and when, and never from whom. */
export function listInquiries(ctx: ServiceContext): Promise<LeadInquiryList> {
  const today = localDateOf(ctx.clock())
  return withSnapshot(ctx, today, async (db) => {
    const { actor } = ctx
    if (actor.kind !== 'account' || actor.unitCode === null) throw new ServiceError('forbidden', 'role_forbids')
    const rows = await listLeadInquiries(db, { askedCode: actor.unitCode })
    const steps = await listLeadInquirySteps(
      db,
      rows.map(({ inquiryId }) => inquiryId),
    )
    const stepsOf = Map.groupBy(steps, ({ inquiryId }) => inquiryId)
    const reader: Reader = {
      today,
      holidays: await loadHolidays(db, ctx),
      nameOf: await loadNames(db, ctx),
      mayAnswer: ownUnitOf(ctx) !== null && actor.permissions.has('cases.answer'),
    }
    const items: LeadInquiryItem[] = []
    for (const row of rows) {
      items.push(toItem(row, stepsOf.get(row.inquiryId) ?? [], await listCaseFiles(db, row.inquiryId), reader))
    }
    const waiting = items.filter(({ isExplained, outcome }) => !isExplained && outcome === null).length
    return { asOf: toLocalIso(ctx.clock()), waiting, items }
  })
}

async function assertAnswer(
  trx: Db,
  { inquiryId, unitCode }: LeadInquiryRow,
  input: AnswerInquiryInput,
): Promise<void> {
  if (input.kind !== 'explained') return
  const db = asReadonly(trx)
  const there = (await listCaseFiles(db, inquiryId)).filter(
    (one) => one.broughtBy === unitCode && one.receivedBytes === one.bytes,
  )
  if (!input.files.every((hash) => there.some(({ sha256 }) => sha256 === hash))) {
    throw new ServiceError('invalid', 'case_file_missing')
  }
  const { eventCode } = input
  if (eventCode === null) return
  const { reports } = await loadCaseFacts(db, [{ eventCode, unitCode }])
  if (reports.length === 0) throw new ServiceError('invalid', 'misreport_event_of_other', { eventCode })
}

/**
 * A step of the unit: 签收 or 说明, with files and the event under which it was reported. Throws ServiceError `not_found`, `forbidden` for
 * another unit, `invalid` for a file that is not there or an event that it did not report, `conflict` for what does not come next.
 */
export function answerInquiry(ctx: ServiceContext, input: AnswerInquiryInput): Promise<void> {
  const what = { action: 'lead.answer', object: `inquiry/${input.inquiryId}` }
  return withChange(ctx, what, async (trx, note) => {
    await lockForTransaction(trx, 'leads')
    const { author, unitCode } = officeOf(ctx)
    const [row] = await listLeadInquiries(asReadonly(trx), { inquiryId: input.inquiryId })
    if (row === undefined) throw new ServiceError('not_found', 'inquiry_unknown')
    if (row.unitCode !== unitCode) throw new ServiceError('forbidden', 'case_of_unit')
    const steps = await listLeadInquirySteps(asReadonly(trx), [row.inquiryId])
    if (steps.length !== input.steps) throw new ServiceError('conflict', 'case_moved_on')
    const taken = (kind: string): boolean => steps.some((step) => step.kind === kind)
    if (taken(input.kind) || (input.kind === 'explained' && taken('closed'))) {
      throw new ServiceError('conflict', 'lead_not_now')
    }
    await assertAnswer(trx, row, input)
    const given = input.kind === 'explained' ? input : { note: null, eventCode: null, files: [] }
    const { eventCode, files, note: words } = given
    const step = {
      kind: input.kind,
      position: steps.length,
      note: words,
      eventCode,
      files: [...new Set(files)],
      outcome: null,
    }
    await insertLeadInquiryStep(trx, row, step, author)
    note.detail = { inquiryCode: row.inquiryCode, unitCode, step: input.kind, eventCode, files: [...files] }
  })
}
