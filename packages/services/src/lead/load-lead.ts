import {
  findLead,
  type LeadInquiryRow,
  type LeadInquiryStepRow,
  type LeadRow,
  type LeadStepRow,
  listLeadInquiries,
  listLeadInquirySteps,
  listLeadSteps,
  type ReadonlyDb,
} from '@zhidu/db'
import {
  addWorkdays,
  type HolidayBlock,
  isCompleteLead,
  leadStandingOf,
  type LeadStanding,
  type LeadStep,
  localDateOf,
  type WorkingDue,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import { loadHolidays, ownUnitOf } from '../supervision-case/load-case.ts'

/** A step of the office, or the explanation that the unit gave to it. */
export type MergedStep =
  | {
      readonly party: 'office'
      readonly step: LeadStepRow
      readonly inquiry: LeadInquiryRow | null
      readonly due: WorkingDue | null
    }
  | { readonly party: 'unit'; readonly step: LeadInquiryStepRow; readonly inquiry: LeadInquiryRow }

export interface LoadedLead {
  readonly row: LeadRow
  readonly isComplete: boolean
  /** Of the office alone: what a reader has seen is counted by them. */
  readonly steps: readonly LeadStepRow[]
  readonly merged: readonly MergedStep[]
  readonly taken: readonly LeadStep[]
  readonly standing: LeadStanding
  /** The inquiry that runs, or ran last. */
  readonly inquiry: LeadInquiryRow | null
  readonly inquirySteps: readonly LeadInquiryStepRow[]
}

/** The last day that counts by now: of a year without notice the one it leads to once there is one. */
export function dueOf(inquiry: LeadInquiryRow, holidays: readonly HolidayBlock[]): WorkingDue {
  if (inquiry.lastDay !== null) return { lastDay: inquiry.lastDay, notAnnounced: null }
  return addWorkdays(localDateOf(inquiry.at), inquiry.workingDays, holidays)
}

function mergeSteps(
  steps: readonly LeadStepRow[],
  inquiries: readonly LeadInquiryRow[],
  inquirySteps: readonly LeadInquiryStepRow[],
  holidays: readonly HolidayBlock[],
): MergedStep[] {
  return steps.flatMap((step): MergedStep[] => {
    const inquiry = inquiries.find(({ inquiryId }) => inquiryId === step.inquiryId) ?? null
    const due = inquiry === null ? null : dueOf(inquiry, holidays)
    const own: MergedStep = { party: 'office', step, inquiry, due }
    if (inquiry === null) return [own]
    const answer = inquirySteps.find(({ inquiryId, kind }) => inquiryId === inquiry.inquiryId && kind === 'explained')
    return answer === undefined ? [own] : [own, { party: 'unit', step: answer, inquiry }]
  })
}

function toTaken(merged: MergedStep): LeadStep {
  if (merged.party === 'unit') return { kind: 'explained', on: localDateOf(merged.step.at) }
  const { kind, timing } = merged.step
  return { kind, on: localDateOf(merged.step.at), lastDay: merged.due?.lastDay ?? null, timing }
}

/** The office whose leads the reader sees. Throws ServiceError `forbidden` for who is of none. */
export function leadOfficeOf(ctx: ServiceContext): string {
  const { actor } = ctx
  if (actor.kind !== 'account' || actor.unitCode === null) throw new ServiceError('forbidden', 'role_forbids')
  return actor.unitCode
}

/** Whether the reader may change something of leads, and not only looks. */
export function mayHandleLeads(ctx: ServiceContext): boolean {
  return ownUnitOf(ctx) !== null && ctx.actor.kind === 'account' && ctx.actor.permissions.has('leads.handle')
}

/** Throws ServiceError `not_found` for a lead that is not there, out of reach, or another office's. */
export async function loadLead(db: ReadonlyDb, ctx: ServiceContext, leadCode: string): Promise<LoadedLead> {
  const row = await findLead(db, leadOfficeOf(ctx), leadCode)
  if (row === undefined) throw new ServiceError('not_found', 'lead_unknown')
  const steps = await listLeadSteps(db, [leadCode])
  const inquiries = await listLeadInquiries(db, { leadCode })
  const inquirySteps = await listLeadInquirySteps(
    db,
    inquiries.map(({ inquiryId }) => inquiryId),
  )
  const merged = mergeSteps(steps, inquiries, inquirySteps, await loadHolidays(db, ctx))
  const taken = merged.map(toTaken)
  const isComplete = isCompleteLead(row)
  const [inquiry = null] = inquiries
  return { row, isComplete, steps, merged, taken, standing: leadStandingOf(isComplete, taken), inquiry, inquirySteps }
}
