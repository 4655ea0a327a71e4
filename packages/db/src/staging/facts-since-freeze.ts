import type { PlainDate, Quarter } from '@zhidu/domain'
import { sql } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { isJudged, STAGE_KINDS, sameIdentity, type StageKindKey } from './stage-kinds.ts'
import { andInScope } from '../transaction/scope.ts'

/** A frozen quarter as facts are laid beside it. */
export interface FrozenTarget {
  readonly quarter: Quarter
  readonly firstOn: PlainDate
  readonly lastOn: PlainDate
  /** Holidays whose forms are due in it. */
  readonly holidays: readonly { readonly year: number; readonly name: string }[]
}

/** Kinds of facts that a quarter is judged from. */
const KEYS = (Object.keys(STAGE_KINDS) as StageKindKey[]).filter(isJudged)

/** True, as SQL, where the row `t` counts in a quarter given as parameters $first, $last, $years, $names. */
export function touches(key: StageKindKey, parameters: readonly [string, string, string, string]): string {
  const [first, last, years, names] = parameters
  switch (key) {
    case 'units':
      return `(coalesce(t.valid_from, '-infinity') <= ${last} and coalesce(t.valid_to, 'infinity') > ${first})`
    case 'filings':
      return `exists (select from unnest(${years}, ${names}) h (y, n) where h.y = t.holiday_year and h.n = t.holiday_name)`
    default:
      return `exists (select from unnest(${STAGE_KINDS[key].quarterDays}) d (day) where day between ${first} and ${last})`
  }
}

/** The last version of each kind of fact, by its table: what comes later has a higher one. */
export async function findHighWater(trx: Db): Promise<Record<string, number>> {
  const tables = KEYS.map((key) => STAGE_KINDS[key].table)
  const { rows } = await sql<{ name: string; last: number }>`${sql.raw(
    tables
      .map((table) => `select '${table}' as name, coalesce(max(version_id), 0) as last from ${table}`)
      .join(' union all '),
  )}`.execute(trx)
  return Object.fromEntries(rows.map(({ last, name }) => [name, last]))
}

const NAME_IN_SQL = ['target.first_on', 'target.last_on', 'target.years', 'target.names'] as const

/** Versions after the freeze whose row, or the one it replaces, counts in the quarter. */
function changesOf(key: StageKindKey): string {
  const kind = STAGE_KINDS[key]
  const condition = touches(key, NAME_IN_SQL)
  return `select '${key}' as kind, t.unit_code, t.version_id from ${kind.table} t, target
      where t.version_id > coalesce((target.high_water ->> '${kind.table}')::bigint, 0) and ${condition}
    union
    select '${key}', t.unit_code, n.version_id from ${kind.table} n join ${kind.table} t
        on t.replaced_by = n.import_id and ${sameIdentity(kind, 't', 'n')}, target
      where n.version_id > coalesce((target.high_water ->> '${kind.table}')::bigint, 0) and ${condition}`
}

/** True, as SQL, where a row of a unit lies in the quarter. */
function isInQuarter(alias: string): string {
  return `(coalesce(${alias}.valid_from, '-infinity') <= target.last_on and coalesce(${alias}.valid_to, 'infinity') > target.first_on)`
}

const CLIPPED = `o.unit_code, o.name, o.short_name, o.parent_code, o.tier, o.peer_group, o.duty_mode,
  greatest(o.valid_from, target.first_on), least(o.valid_to, target.last_on + 1)`

/**
 * Rows of units by which the quarter differs from what was frozen, by the part of them that lies in it: a unit that is closed,
 * renamed or merged after the quarter's end is what it was in it. A unit that is in no row of it any more is one change.
 */
const UNIT_CHANGES = `
  select 'units' as kind, unit_code, row_number() over () as version_id from (
    (select ${CLIPPED} from unit_period o, target where o.replaced_at is null and ${isInQuarter('o')}
      except
      select ${CLIPPED} from unit_period o, target where ${isInQuarter('o')}
        and (o.replaced_at is null or o.replaced_at >= target.frozen_at)
        and o.version_id <= coalesce((target.high_water ->> 'unit_period')::bigint, 0))
    union all
    select distinct on (o.unit_code) ${CLIPPED} from unit_period o, target
      where o.replaced_at >= target.frozen_at and ${isInQuarter('o')} and not exists (
        select from unit_period n where n.unit_code = o.unit_code and n.replaced_at is null and ${isInQuarter('n')})
  ) changed`

/** Facts of units in reach that came after a quarter was frozen and count in it, and of how many units. */
export async function countFactsSince(
  db: ReadonlyDb,
  target: FrozenTarget & { readonly highWater: Readonly<Record<string, number>>; readonly frozenAt: number },
): Promise<{ readonly factCount: number; readonly unitCount: number }> {
  const { firstOn, frozenAt, highWater, holidays, lastOn, quarter } = target
  const years = holidays.map(({ year }) => year)
  const names = holidays.map(({ name }) => name)
  const counted = sql<{ factCount: number; unitCount: number }>`(
    with target as (
      select ${firstOn}::date as first_on, ${lastOn}::date as last_on, ${years}::int[] as years, ${names}::text[] as names,
        ${JSON.stringify(highWater)}::jsonb as high_water, ${instant(frozenAt)} as frozen_at
    ), change as (
      ${sql.raw([UNIT_CHANGES, ...KEYS.filter((key) => key !== 'units').map(changesOf)].join(' union all '))}
      union all
      select 'reopenings', r.unit_code, row_number() over (order by r.reopening_id) from reopening r, target
      where r.reopened_at > ${instant(frozenAt)} and (
        exists (select from unnest(target.years, target.names) h (y, n) where r.ref like concat(h.y, '-', h.n, '/%'))
        or exists (select from event_case c where c.unit_code = r.unit_code and c.event_code = r.ref
          and ((c.occurred_at at time zone interval '8 hours')::date between target.first_on and target.last_on
            or (c.learned_at at time zone interval '8 hours')::date between target.first_on and target.last_on)))
      union all
      select 'waivers', s.unit_code, row_number() over (order by s.appeal_id)
      from appeal_step s join appeal a using (appeal_id)
      where s.kind = 'upheld' and s.at > ${instant(frozenAt)} and a.quarter = ${quarter}
    )
    select count(*) as "factCount", count(distinct unit_code) as "unitCount" from change
    where true${andInScope(db, 'facts-since-freeze', 'unit_code')}
  )`
  const [found] = await db.selectFrom(counted.as('counted')).selectAll().execute()
  return found ?? { factCount: 0, unitCount: 0 }
}
