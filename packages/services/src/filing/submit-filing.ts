import { randomBytes } from 'node:crypto'
import type { FilingReceipt, SubmitFilingInput } from '@zhidu/contract'
import {
  asReadonly,
  type CopyValue,
  type Db,
  type FilingFormRow,
  insertFilingForm,
  listFilingForms,
  listFilingSources,
  listFilingsOfUnits,
  listReopeningsOfUnits,
  listRosterAsKnown,
  type ReadonlyDb,
  toInstantText,
} from '@zhidu/db'
import {
  checkHolidayForm,
  DAY_MS,
  type FilingForm,
  type HolidayContent,
  isWarning,
  localDateOf,
  type RosterContent,
  type RosterShiftFact,
  startOfLocalDay,
  toLocalIso,
  toReceiptCode,
  toShifts,
  unitPeriodOn,
} from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { lockFacts } from '../facts-lock.ts'
import { loadRoster } from '../league/load-roster.ts'
import { type RecordedBy, recordFacts } from '../recorded-fact/record-facts.ts'
import { ServiceError } from '../service-error.ts'
import { parseContent, toContent } from './filing-content.ts'
import { effectiveDueAt, type HolidayDue, requireHoliday } from './holiday-block.ts'
import { sha256Of } from './sha256-of.ts'

/** Throws ServiceError `conflict` for a unit that is not there today. */
export async function assertUnitOpen(db: ReadonlyDb, unitCode: string, at: number): Promise<void> {
  const { periodsOf } = await loadRoster(db)
  const isOpen = unitPeriodOn(periodsOf.get(unitCode) ?? [], localDateOf(at)) !== null
  if (!isOpen) throw new ServiceError('conflict', 'filing_unit_closed')
}

/** Throws ServiceError `invalid` for what is incomplete, `conflict` for warnings nobody has accepted. */
function checkContent(
  content: HolidayContent,
  due: HolidayDue,
  other: HolidayContent | null,
  acceptsWarnings: boolean,
) {
  const issues = checkHolidayForm(content, due.block, other)
  const errors = issues.filter(({ kind }) => !isWarning(kind))
  const [first] = errors
  if (first !== undefined) {
    throw new ServiceError('invalid', 'filing_incomplete', { n: String(errors.length), first: first.kind })
  }
  if (issues.length > 0 && !acceptsWarnings) {
    throw new ServiceError('conflict', 'filing_warnings', { n: String(issues.length) })
  }
  return issues
}

function isSameShift(a: RosterShiftFact, b: RosterShiftFact): boolean {
  return a.role === b.role && a.startsAt === b.startsAt && a.person === b.person
}

function toRow(shift: RosterShiftFact, isWithdrawn: boolean): readonly CopyValue[] {
  const { endsAt, person, phone, post, role, startsAt, unitCode } = shift
  return [unitCode, role, toInstantText(startsAt), toInstantText(endsAt), person, post, phone, isWithdrawn]
}

/**
 * The roster as filed becomes the roster of those days: what it names is put on record, and shifts of these days that it does not name
 * and that have not begun are withdrawn. What has begun is not taken back by a form. The form has no room for an officer's post: one that is
 * on record stays. Gives how many shifts it names.
 */
async function recordRoster(trx: Db, content: RosterContent, due: HolidayDue, by: RecordedBy): Promise<number> {
  const { firstDayOff, lastDayOff } = due.block
  const [from, to] = [startOfLocalDay(firstDayOff), startOfLocalDay(lastDayOff) + DAY_MS]
  const known = await listRosterAsKnown(asReadonly(trx), { unitCodes: [by.unitCode], at: from, until: to })
  const shifts = toShifts(content, by.unitCode).map((shift) => ({
    ...shift,
    post: shift.post ?? known.find((one) => isSameShift(shift, one))?.post ?? null,
  }))
  const gone = known.filter(
    (one) => one.startsAt >= from && one.startsAt > by.at && !shifts.some((shift) => isSameShift(shift, one)),
  )
  const rows = [...shifts.map((shift) => toRow(shift, false)), ...gone.map((shift) => toRow(shift, true))]
  await recordFacts(
    trx,
    { kind: 'rosters', code: `${due.holiday}/roster`, rows, isNew: false, refusedAs: 'filing_roster_refused' },
    by,
  )
  return shifts.length
}

/** Puts down that the form was received, unless it was before: the first one fixes the time. Gives that time, epoch ms. */
async function recordReceived(trx: Db, form: FilingForm, due: HolidayDue, by: RecordedBy): Promise<number> {
  const { name, year } = due.block
  const filings = await listFilingsOfUnits(asReadonly(trx), { unitCodes: [by.unitCode], years: [year] })
  const before = filings.find((one) => one.holidayName === name && one.form === form)?.receivedAt ?? null
  if (before !== null) return before
  const rows = [[by.unitCode, year, name, form, toInstantText(by.at)]]
  await recordFacts(
    trx,
    { kind: 'filings', code: `${due.holiday}/${form}`, rows, isNew: false, refusedAs: 'filing_fact_refused' },
    by,
  )
  return by.at
}

function assertNext(input: SubmitFilingInput, versions: readonly FilingFormRow[]): void {
  if (versions.length !== input.versions) throw new ServiceError('conflict', 'filing_changed')
  if (versions.length > 0 && input.reason === null) throw new ServiceError('invalid', 'filing_reason')
  if (versions[0]?.content === JSON.stringify(input.content)) throw new ServiceError('conflict', 'filing_same')
}

/**
 * 报送: what the own unit filled in becomes the next version. The first one fixes the time that counts, a correction leaves it; a roster
 * becomes the roster of its days in the same transaction. Late ones are taken, and marked.
 * Throws ServiceError `invalid`, `conflict`, `not_found`; nothing is written then.
 */
export function submitFiling(ctx: ServiceContext, input: SubmitFilingInput): Promise<FilingReceipt> {
  const { form } = input.content
  const { holiday } = input
  return withChange(ctx, { action: 'filing.submit', object: `filing/${holiday}/${form}` }, async (trx, note) => {
    const { author, unitCode } = officeOf(ctx)
    note.object = `filing/${unitCode}/${holiday}/${form}`
    await lockFacts(trx)
    const db = asReadonly(trx)
    await assertUnitOpen(db, unitCode, author.at)
    const due = await requireHoliday(db, holiday)
    const { name, year } = due.block
    const key = { unitCode, holidayYear: year, holidayName: name, form }
    const filed = await listFilingForms(db, { unitCode, holidayYear: year, holidayName: name })
    const versions = filed.filter((one) => one.form === form)
    assertNext(input, versions)
    const otherRow = filed.find((one) => one.form !== form)
    const other = otherRow === undefined ? null : parseContent(otherRow.content)
    const content = toContent(input.content)
    const warnings = checkContent(content, due, other, input.acceptsWarnings)
    const sources = await listFilingSources(db, key)
    const source = sources.find(({ sha256 }) => sha256 === input.sourceSha256)?.sha256 ?? null
    const text = JSON.stringify(input.content)
    const contentHash = sha256Of(text)
    const isLate = author.at > effectiveDueAt(due, form, await listReopeningsOfUnits(db, [unitCode]), author.at)
    const version = versions.length + 1
    const receipt = toReceiptCode([...randomBytes(64)])
    const about = { version, receipt, content: text, contentHash, warnings: JSON.stringify(warnings), dueOn: due.dueOn }
    const reason = version === 1 ? null : input.reason
    await insertFilingForm(trx, { ...key, ...about, isLate, reason, sourceSha256: source }, author)
    const by = { name: author.name, unitCode, sha256: contentHash, at: author.at }
    const first = await recordReceived(trx, form, due, by)
    const shifts = content.form === 'roster' ? await recordRoster(trx, content, due, by) : null
    note.detail = {
      version,
      receipt,
      contentHash,
      isLate,
      warnings: warnings.map(({ kind }) => kind).join(','),
      shifts,
    }
    return {
      receipt,
      version,
      receivedAt: toLocalIso(author.at),
      firstReceivedAt: toLocalIso(first),
      isLate,
      contentHash,
      shifts,
    }
  })
}
