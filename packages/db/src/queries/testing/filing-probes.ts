import { toPlainDate, toQuarter } from '@zhidu/domain'
import { asReadonly } from '../../db.ts'
import { listDailyReports } from '../daily-reports.ts'
import { findFilingSource, listFilingDrafts, listFilingForms, listFilingSources } from '../filing-forms.ts'
import { listFilingReminders } from '../filing-reminders.ts'
import { countFilingStandings, listFilingStandings } from '../filing-standings.ts'
import { codesOf, FOREIGN, OWN, type Probe } from './check-probes.ts'

const UNIT_CODES = [...FOREIGN, ...OWN]
const HOLIDAY = { holidayYear: 2026, holidayName: '国庆节', form: 'roster' } as const
const HASH = '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881'
const DAY = toPlainDate('2026-07-03')

/** Rows of each unit asked about, one after the other. */
function ofEach<Row extends { readonly unitCode: string }>(
  list: (trx: Parameters<Probe>[0], unitCode: string) => Promise<readonly Row[]>,
): Probe {
  return async (trx) => {
    const seen: string[] = []
    for (const unitCode of UNIT_CODES) seen.push(...codesOf(await list(trx, unitCode)))
    return seen
  }
}

const listArgs = (officeCode: string) => ({
  officeCode,
  holidayYear: 2026,
  holidayName: '国庆节' as const,
  quarter: toQuarter('2026Q3'),
  day: DAY,
  asOf: Date.parse('2026-09-30T00:00:00+08:00'),
})

/** Of filings: what the tree holds of each unit. */
export const FILING_PROBES: Readonly<Record<string, Probe>> = {
  'filing-forms': ofEach((trx, unitCode) => listFilingForms(asReadonly(trx), { unitCode })),
  'filing-drafts': ofEach((trx, unitCode) => listFilingDrafts(asReadonly(trx), unitCode)),
  'filing-sources': ofEach((trx, unitCode) => listFilingSources(asReadonly(trx), { unitCode, ...HOLIDAY })),
  'filing-source': ofEach(async (trx, unitCode) => {
    const found = await findFilingSource(asReadonly(trx), { unitCode, ...HOLIDAY, sha256: HASH })
    return found === undefined ? [] : [found]
  }),
  'filing-reminders': async (trx) => codesOf(await listFilingReminders(asReadonly(trx), { unitCodes: UNIT_CODES })),
  'daily-reports': async (trx) =>
    codesOf(await listDailyReports(asReadonly(trx), { unitCodes: UNIT_CODES, firstOn: DAY, lastOn: DAY })),
  'filing-standings': async (trx) => {
    const page = { state: null, after: null, limit: 100 }
    const seen: string[] = []
    for (const office of ['A', 'A1', 'A11', 'A3']) {
      seen.push(...codesOf(await listFilingStandings(asReadonly(trx), listArgs(office), page)))
    }
    return seen
  },
  'filing-standing-counts': async (trx) => {
    const seen: string[] = []
    for (const [office, unitCode] of [
      ['A11', 'A111'],
      ['A3', 'A31'],
    ] as const) {
      const counts = await countFilingStandings(asReadonly(trx), listArgs(office))
      if (counts.some(({ count }) => count > 0)) seen.push(unitCode)
    }
    return seen
  },
}
