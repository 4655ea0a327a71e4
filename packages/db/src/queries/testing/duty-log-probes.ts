import { toPlainDate } from '@zhidu/domain'
import { asReadonly } from '../../db.ts'
import { listHandovers, listHandoverSteps } from '../handovers.ts'
import { listLogItemsOfUnits } from '../list-log-items-of-units.ts'
import { countLogDays, countOpenLogs, listLogDays } from '../log-days.ts'
import { countLogEntries, findLogNumber, listLogEntries, listLogSteps, WHOLE_LOG } from '../log-entries.ts'
import { codesOf, FOREIGN, OWN, type Probe, RANGE, seenOf } from './check-probes.ts'

const UNIT_CODES = [...FOREIGN, ...OWN]
const DAY = toPlainDate('2026-07-03')
const PAGE = { sort: 'newest', after: null, limit: 100 } as const
const ALL_HANDOVERS = { handoverId: null, unitCode: null, changeAt: null, isWaiting: false }

/** Queries about duty logs and handovers, by the name of their predicate, asked about units of others. */
export const DUTY_LOG_PROBES: Readonly<Record<string, Probe>> = {
  handovers: async (trx) => codesOf(await listHandovers(asReadonly(trx), ALL_HANDOVERS, { before: null, limit: 100 })),
  'handover-steps': seenOf(async (db, id) => (await listHandoverSteps(db, [id])).length > 0),
  'log-days': seenOf(async (db, _, unitCode) => (await listLogDays(db, unitCode, DAY)).length > 0),
  'log-day-counts': async (trx) =>
    codesOf(await countLogDays(asReadonly(trx), { unitCodes: UNIT_CODES, firstOn: DAY, lastOn: DAY })),
  'log-entries': async (trx) => codesOf(await listLogEntries(asReadonly(trx), WHOLE_LOG, PAGE)),
  'log-entry-counts': seenOf(async (db, _, unitCode) => {
    const counts = await countLogEntries(db, { ...WHOLE_LOG, unitCode })
    return counts.length > 0
  }),
  'log-items-of-units': async (trx) =>
    codesOf(await listLogItemsOfUnits(asReadonly(trx), { unitCodes: UNIT_CODES, range: RANGE })),
  'log-number': seenOf(async (db, _, unitCode) => (await findLogNumber(db, unitCode, DAY)) > 1),
  'log-open-counts': async (trx) => codesOf(await countOpenLogs(asReadonly(trx), UNIT_CODES)),
  'log-steps': seenOf(async (db, id) => (await listLogSteps(db, [id])).length > 0),
}
