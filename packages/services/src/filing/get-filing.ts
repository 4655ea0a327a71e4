import type { FilingGetInput, FilingPage, Revealed } from '@zhidu/contract'
import {
  asReadonly,
  type Db,
  type FilingFormRow,
  listFilingDrafts,
  listFilingForms,
  listFilingSources,
  listFilingsOfUnits,
  listReopeningsOfUnits,
  type ReadonlyDb,
} from '@zhidu/db'
import {
  carryOver,
  FILING_FORMS,
  type FilingForm,
  type HolidayContent,
  localDateOf,
  outcomeOf,
  toHolidayKey,
  toLocalIso,
  unitPeriodOn,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { loadRoster } from '../league/load-roster.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { maskContent, parseContent, parseWarnings, toLines, toView } from './filing-content.ts'
import { effectiveDueAt, type HolidayDue, requireHoliday } from './holiday-block.ts'

/** Whose form it is, as the reader may see it. */
export interface SeenUnit {
  readonly unitCode: string
  readonly name: string
  readonly isOwn: boolean
  readonly isOpen: boolean
}

/** The own unit, or one that is or was last directly below it. Throws ServiceError `not_found` for every other. */
export async function requireNearUnit(
  db: ReadonlyDb,
  ctx: ServiceContext,
  asked: string | undefined,
): Promise<SeenUnit> {
  const { unitCode: own } = officeOf(ctx)
  const unitCode = asked ?? own
  const periods = (await loadRoster(db)).periodsOf.get(unitCode) ?? []
  const present = unitPeriodOn(periods, localDateOf(ctx.clock()))
  const period = present ?? periods.at(-1)
  if (period === undefined || (unitCode !== own && period.parentCode !== own)) {
    throw new ServiceError('not_found', 'filing_unit_unknown', { unitCode })
  }
  return { unitCode, name: period.name, isOwn: unitCode === own, isOpen: present !== null }
}

export interface LoadedFiling {
  readonly due: HolidayDue
  readonly unit: SeenUnit
  /** Of both forms, newest first. */
  readonly filed: readonly FilingFormRow[]
  readonly versions: readonly FilingFormRow[]
  readonly shown: FilingFormRow | null
}

/** What was filed, at a version or the latest. Throws ServiceError `not_found` for a version that is not there. */
export async function loadFiling(db: ReadonlyDb, ctx: ServiceContext, input: FilingGetInput): Promise<LoadedFiling> {
  const unit = await requireNearUnit(db, ctx, input.unitCode)
  const due = await requireHoliday(db, input.holiday)
  const { name, year } = due.block
  const filed = await listFilingForms(db, { unitCode: unit.unitCode, holidayYear: year, holidayName: name })
  const versions = filed.filter(({ form }) => form === input.form)
  const shown = versions.find(({ version }) => input.version === undefined || version === input.version) ?? null
  if (input.version !== undefined && shown === null) throw new ServiceError('not_found', 'filing_version_unknown')
  return { due, unit, filed, versions, shown }
}

/** The unit's latest form of the kind for another holiday. */
async function findPrevious(
  db: ReadonlyDb,
  { due, unit }: LoadedFiling,
  form: FilingForm,
): Promise<FilingPage['previous']> {
  const all = await listFilingForms(db, { unitCode: unit.unitCode })
  const row = all.find(
    (one) => one.form === form && (one.holidayYear !== due.block.year || one.holidayName !== due.block.name),
  )
  if (row === undefined) return null
  const holiday = toHolidayKey({ year: row.holidayYear, name: row.holidayName })
  return { holiday, content: toView(carryOver(parseContent(row.content), due.block)) }
}

function findOther(
  { filed }: LoadedFiling,
  drafts: readonly { readonly form: FilingForm; readonly content: string }[],
  form: FilingForm,
) {
  const row = filed.find((one) => one.form !== form) ?? drafts.find((one) => one.form !== form)
  return row === undefined ? null : parseContent(row.content)
}

/**
 * One form of the own unit, or of one directly below with the names and numbers of people masked: to be filled in, looked at and printed.
 * Throws ServiceError `not_found`, and `conflict` for a year that is not announced.
 */
export function getFiling(ctx: ServiceContext, input: FilingGetInput): Promise<FilingPage> {
  const now = ctx.clock()
  return withSnapshot(ctx, localDateOf(now), async (db) => {
    const loaded = await loadFiling(db, ctx, input)
    const { due, shown, unit, versions } = loaded
    const { form } = input
    const { isOwn, unitCode } = unit
    const { name, year } = due.block
    const drafts = isOwn
      ? (await listFilingDrafts(db, unitCode)).filter((one) => one.holidayYear === year && one.holidayName === name)
      : []
    const draft = drafts.find((one) => one.form === form)
    const facts = await listFilingsOfUnits(db, { unitCodes: [unitCode], years: [year] })
    const fact = facts.find((one) => one.holidayName === name && one.form === form)
    const dueAt = effectiveDueAt(due, form, await listReopeningsOfUnits(db, [unitCode]), now)
    const receivedAt = fact?.receivedAt ?? null
    const see = (content: HolidayContent) => toView(isOwn ? content : maskContent(content))
    const key = { unitCode, holidayYear: year, holidayName: name, form }
    return {
      asOf: toLocalIso(now),
      unitCode,
      unitName: unit.name,
      holiday: due.holiday,
      form,
      firstDayOff: due.block.firstDayOff,
      lastDayOff: due.block.lastDayOff,
      dueOn: due.dueOn,
      dueAt: toLocalIso(dueAt),
      quarter: due.quarter,
      outcome: outcomeOf(dueAt, receivedAt, now),
      receivedAt: receivedAt === null ? null : toLocalIso(receivedAt),
      isOwn,
      mayFile: isOwn && unit.isOpen && ctx.actor.kind === 'account' && ctx.actor.permissions.has('duty.keep'),
      isMasked: !isOwn,
      content: shown === null ? null : see(parseContent(shown.content)),
      versions: versions.map((one) => ({
        version: one.version,
        receipt: one.receipt,
        at: toLocalIso(one.at),
        by: one.byName,
        isLate: one.isLate,
        reason: one.reason,
        // A warning names who it is about.
        warnings: parseWarnings(one.warnings).map((issue) => (isOwn ? issue : { ...issue, detail: null })),
        sourceSha256: one.sourceSha256,
      })),
      draft:
        draft === undefined
          ? null
          : {
              content: toView(parseContent(draft.content)),
              at: toLocalIso(draft.at),
              by: draft.byName,
              sourceSha256: draft.sourceSha256,
            },
      previous: isOwn ? await findPrevious(db, loaded, form) : null,
      other: isOwn ? toOther(findOther(loaded, drafts, form)) : null,
      sources: isOwn
        ? (await listFilingSources(db, key)).map(({ at, bytes, name: file, sha256 }) => ({
            sha256,
            name: file,
            bytes,
            at: toLocalIso(at),
          }))
        : [],
    }
  })
}

function toOther(content: HolidayContent | null) {
  return content === null ? null : toView(content)
}

/** Names and numbers of a form, by `unit/holiday/form`, for who asked with a reason. Throws ServiceError `not_found`. */
export async function readFilingPersonal(trx: Db, ctx: ServiceContext, id: string): Promise<Revealed['fields']> {
  const [form = '', holiday = '', ...unit] = id.split('/').toReversed()
  const kind = FILING_FORMS.find((one) => one === form)
  if (kind === undefined || unit.length === 0) throw new ServiceError('not_found', 'filing_version_unknown')
  const unitCode = unit.toReversed().join('/')
  const { shown } = await loadFiling(asReadonly(trx), ctx, { unitCode, holiday, form: kind })
  if (shown === null) throw new ServiceError('not_found', 'filing_version_unknown')
  return [{ field: 'filing', text: toLines(parseContent(shown.content)) }]
}
