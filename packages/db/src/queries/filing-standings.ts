import {
  type FilingForm,
  type FilingState,
  type HolidayName,
  type Outcome,
  type PlainDate,
  type Quarter,
  toHolidayKey,
} from '@zhidu/domain'
import { sql, type SqlBool } from 'kysely'
import type { ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'

/** The units one level below an office for one holiday. */
export interface FilingListArgs {
  readonly officeCode: string
  readonly holidayYear: number
  readonly holidayName: HolidayName
  /** In which the forms are owed. */
  readonly quarter: Quarter
  /** Whose tree counts. */
  readonly day: PlainDate
  /** Epoch ms. */
  readonly asOf: number
}

export interface FilingStandingRow {
  readonly unitCode: string
  readonly name: string
  /** Place in the official order of units. */
  readonly position: number
  /** The worse of both forms: missing, then not yet due, late, on time. */
  readonly state: FilingState
  readonly whereabouts: Outcome | null
  readonly whereaboutsAt: number | null
  readonly whereaboutsVersions: number
  readonly roster: Outcome | null
  readonly rosterAt: number | null
  readonly rosterVersions: number
  readonly remindedAt: number | null
  readonly reminderSeenAt: number | null
}

function standings(db: ReadonlyDb, args: FilingListArgs) {
  const { asOf, day, holidayName, holidayYear, officeCode, quarter } = args
  const ref = (form: FilingForm): string => `${toHolidayKey({ year: holidayYear, name: holidayName })}/${form}`
  const at = instant(asOf)
  const whereabouts = sql<Outcome | null>`ow.turns_to[width_bucket(${at}, ow.turns_at)]`
  const roster = sql<Outcome | null>`orr.turns_to[width_bucket(${at}, orr.turns_at)]`
  return db
    .selectFrom('unit_period as p')
    .innerJoin('unit as u', 'u.unit_code', 'p.unit_code')
    .leftJoin('obligation as ow', (join) =>
      join
        .onRef('ow.unit_code', '=', 'p.unit_code')
        .on('ow.quarter', '=', quarter)
        .on('ow.kind', '=', 'filing')
        .on('ow.ref', '=', ref('whereabouts'))
        .on('ow.replaced_at', 'is', null),
    )
    .leftJoin('obligation as orr', (join) =>
      join
        .onRef('orr.unit_code', '=', 'p.unit_code')
        .on('orr.quarter', '=', quarter)
        .on('orr.kind', '=', 'filing')
        .on('orr.ref', '=', ref('roster'))
        .on('orr.replaced_at', 'is', null),
    )
    .where('p.replaced_at', 'is', null)
    .where('p.parent_code', '=', officeCode)
    .where((eb) => eb.or([eb('p.valid_from', 'is', null), eb('p.valid_from', '<=', day)]))
    .where((eb) => eb.or([eb('p.valid_to', 'is', null), eb('p.valid_to', '>', day)]))
    .select([
      'p.unit_code as unitCode',
      'p.name',
      'u.position',
      whereabouts.as('whereabouts'),
      roster.as('roster'),
      sql<FilingState>`case
        when ow.unit_code is null and orr.unit_code is null then 'not_owed'
        when 'missing' in (${whereabouts}, ${roster}) then 'missing'
        when 'not_yet_due' in (${whereabouts}, ${roster}) then 'not_yet_due'
        when 'late' in (${whereabouts}, ${roster}) then 'late'
        else 'on_time' end`.as('state'),
    ])
}

/** How both forms of a holiday stand, unit by unit in official order; `state` null = all. */
export function filingStandingsQuery(
  db: ReadonlyDb,
  args: FilingListArgs,
  page: { readonly state: FilingState | null; readonly after: number | null; readonly limit: number },
) {
  const { holidayName, holidayYear } = args
  const received = (form: FilingForm) =>
    sql<number | null>`(select f.received_at from filing f where f.unit_code = s."unitCode" and f.replaced_at is null
      and f.holiday_year = ${holidayYear} and f.holiday_name = ${holidayName} and f.form = ${form})`
  const versions = (form: FilingForm) =>
    sql<number>`(select count(*) from filing_form v where v.unit_code = s."unitCode"
      and v.holiday_year = ${holidayYear} and v.holiday_name = ${holidayName} and v.form = ${form})`
  const lastReminder = sql`from filing_reminder r left join filing_reminder_seen n using (reminder_id)
    where r.unit_code = s."unitCode" and r.holiday_year = ${holidayYear} and r.holiday_name = ${holidayName}
    order by r.at desc, r.reminder_id limit 1`
  // What costs a look of its own is looked up for the rows of the page alone.
  const some = standings(db, args)
    .$call(inScope(db, 'filing-standings', 'p.unit_code'))
    .as('s')
  return db
    .selectFrom(some)
    .select([
      's.unitCode',
      's.name',
      's.position',
      's.state',
      's.whereabouts',
      's.roster',
      received('whereabouts').as('whereaboutsAt'),
      versions('whereabouts').as('whereaboutsVersions'),
      received('roster').as('rosterAt'),
      versions('roster').as('rosterVersions'),
      sql<number | null>`(select r.at ${lastReminder})`.as('remindedAt'),
      sql<number | null>`(select n.at ${lastReminder})`.as('reminderSeenAt'),
    ])
    .$if(page.state !== null, (query) => query.where('s.state', '=', page.state ?? 'missing'))
    .$if(page.after !== null, (query) => query.where(sql<SqlBool>`s.position > ${page.after}`))
    .orderBy('s.position')
    .orderBy('s.unitCode')
    .limit(page.limit)
}

export function listFilingStandings(
  db: ReadonlyDb,
  args: FilingListArgs,
  page: { readonly state: FilingState | null; readonly after: number | null; readonly limit: number },
): Promise<FilingStandingRow[]> {
  return filingStandingsQuery(db, args, page).execute()
}

export interface FilingStandingCount {
  readonly state: FilingState
  readonly count: number
}

/** How many units stand how. */
export function countFilingStandings(db: ReadonlyDb, args: FilingListArgs): Promise<FilingStandingCount[]> {
  const some = standings(db, args)
    .$call(inScope(db, 'filing-standing-counts', 'p.unit_code'))
    .as('s')
  return db
    .selectFrom(some)
    .select(['s.state', sql<number>`count(*)`.as('count')])
    .groupBy('s.state')
    .orderBy('s.state')
    .execute()
}
