import { type HandoverRow, type HandoverStepRow, listHandovers, listHandoverSteps, type ReadonlyDb } from '@zhidu/db'
import { type HandoverState, handoverStateOf } from '@zhidu/domain'
import { ServiceError } from '../service-error.ts'

export interface LoadedHandover {
  readonly row: HandoverRow
  readonly steps: readonly HandoverStepRow[]
}

/** Throws ServiceError `not_found` for a handover that is unknown or out of reach. */
export async function loadHandover(db: ReadonlyDb, handoverId: string): Promise<LoadedHandover> {
  const filter = { handoverId, unitCode: null, changeAt: null, isWaiting: false }
  const [row] = await listHandovers(db, filter, { before: null, limit: 1 })
  if (row === undefined) throw new ServiceError('not_found', 'handover_unknown')
  return { row, steps: await listHandoverSteps(db, [handoverId]) }
}

export interface HandoverStanding {
  readonly state: HandoverState
  /** The confirmations that count; undefined = not given. */
  readonly offered: HandoverStepRow | undefined
  readonly taken: HandoverStepRow | undefined
}

export function standingOf({ steps }: Pick<LoadedHandover, 'steps'>): HandoverStanding {
  const state = handoverStateOf(steps)
  const taken = steps.find(({ kind }) => kind === 'taken')
  return { state, taken, offered: state === 'pending' ? undefined : steps.findLast(({ kind }) => kind === 'offered') }
}

/** The next shift has begun and nobody has taken over. Instants: epoch ms. */
export function isOverdueAt(changeAt: number, state: HandoverState, now: number): boolean {
  return changeAt <= now && (state === 'pending' || state === 'offered')
}
