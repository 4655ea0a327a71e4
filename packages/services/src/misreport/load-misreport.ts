import { MisreportFigures } from '@zhidu/contract'
import {
  findMisreportCase,
  listMisreportSteps,
  type MisreportCaseRow,
  type MisreportStepRow,
  type ReadonlyDb,
} from '@zhidu/db'
import {
  addWorkdays,
  type HolidayBlock,
  localDateOf,
  misreportStandingOf,
  type MisreportStanding,
  type MisreportStep,
  type PlainDate,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import { loadHolidays } from '../supervision-case/load-case.ts'

/** A step with the last day that counts now. */
interface DatedMisreportStep extends MisreportStepRow {
  readonly effectiveDay: PlainDate | null
  /** The year that still has no notice of holidays; null = none is missing. */
  readonly notAnnounced: number | null
}

export interface LoadedMisreport {
  readonly row: MisreportCaseRow
  readonly steps: readonly DatedMisreportStep[]
  /** As the rules of the domain take them. */
  readonly taken: readonly MisreportStep[]
  readonly standing: MisreportStanding
  readonly notAnnounced: number | null
  /** The last that were handed in; null = none. */
  readonly figures: MisreportFigures | null
}

function dateStep(step: MisreportStepRow, holidays: readonly HolidayBlock[]): DatedMisreportStep {
  const { at, lastDay, workingDays } = step
  if (lastDay !== null || workingDays === null) return { ...step, effectiveDay: lastDay, notAnnounced: null }
  const due = addWorkdays(localDateOf(at), workingDays, holidays)
  return { ...step, effectiveDay: due.lastDay, notAnnounced: due.notAnnounced }
}

export function toLoadedMisreport(
  row: MisreportCaseRow,
  rows: readonly MisreportStepRow[],
  holidays: readonly HolidayBlock[],
): LoadedMisreport {
  const steps = rows.map((step) => dateStep(step, holidays))
  const taken = steps.map(({ at, byId, confirmedAs, effectiveDay, kind }): MisreportStep => ({
    kind,
    by: byId,
    on: localDateOf(at),
    lastDay: effectiveDay,
    as: confirmedAs,
  }))
  const standing = misreportStandingOf(taken)
  const isHeard = standing.state === 'awaiting_explanation'
  const figures = steps.findLast((step) => step.figures !== null)?.figures ?? null
  return {
    row,
    steps,
    taken,
    standing,
    notAnnounced: isHeard ? (steps.find(({ kind }) => kind === 'notified')?.notAnnounced ?? null) : null,
    figures: figures === null ? null : MisreportFigures.parse(JSON.parse(figures)),
  }
}

/** Throws ServiceError `not_found` for a case that is not there or out of reach. */
export async function loadMisreport(db: ReadonlyDb, ctx: ServiceContext, caseId: string): Promise<LoadedMisreport> {
  const row = await findMisreportCase(db, caseId)
  if (row === undefined) throw new ServiceError('not_found', 'misreport_unknown')
  return toLoadedMisreport(row, await listMisreportSteps(db, [caseId]), await loadHolidays(db, ctx))
}
