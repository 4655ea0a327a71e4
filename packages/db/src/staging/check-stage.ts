import { MAX_SHIFT_DAYS } from '@zhidu/domain'
import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { andInScope } from '../transaction/scope.ts'
import { markBadRows } from './create-stage.ts'
import { sameIdentity, STAGE_KINDS, type StageKindKey } from './stage-kinds.ts'

const ISSUE_COLUMNS = 'row_number, is_warning, column_key, value, code, params'
const INSTANT_TEXT = 'YYYY-MM-DD HH24:MI:SS'

function shownInstant(column: string): string {
  return `to_char(${column} at time zone interval '8 hours', '${INSTANT_TEXT}')`
}

function addIssues(select: string): string {
  return `insert into import_issue (${ISSUE_COLUMNS}) ${select}`
}

/** Rows that name the same record; each names the first others. Of a million that name one no list of a million is kept for each. */
function duplicates(key: StageKindKey): string {
  const kind = STAGE_KINDS[key]
  const identity = kind.identity.join(', ')
  // As a file shows it.
  const shown = kind.identity.map((column) =>
    kind.columns[column] === 'timestamptz' ? shownInstant(`s.${column}`) : `s.${column}`,
  )
  const ofRow = kind.identity.map((column) => `s.${column}`).join(', ')
  const filled = kind.identity
    .filter((column) => !kind.nullableIdentity.includes(column))
    .map((column) => `${column} is not null`)
  const isRead = `(bad_columns is null or not bad_columns && array[${kind.identity.map((column) => `'${column}'`).join(', ')}])`
  const isReadRow = isRead.replaceAll('bad_columns', 's.bad_columns')
  // Counted first: lists of row numbers are made for the few that are repeated, not for a million that are not.
  return addIssues(`
    with repeated as (
      select ${identity} from import_stage where ${filled.join(' and ')} and ${isRead} group by ${identity} having count(*) > 1
    ), twin as (
      select ${ofRow}, (array_agg(s.row_number order by s.row_number))[1:6] as row_numbers
      from import_stage s join repeated d on ${sameIdentity(kind, 'd', 's')}
      where ${isReadRow} group by ${ofRow}
    )
    select s.row_number, false, null, null, 'duplicate', jsonb_build_object('identity', concat_ws(' ', ${shown.join(', ')}), 'rows', (
      select string_agg(n::text, ', ') from (
        select n from unnest(d.row_numbers) as other (n) where n <> s.row_number order by n limit 5
      ) as few))
    from import_stage s join twin d on ${sameIdentity(kind, 'd', 's')}
    where ${isReadRow} order by s.row_number`)
}

/** A unit out of reach is answered as one that does not exist. */
async function refuseUnknownUnits(trx: Db): Promise<void> {
  await sql`
    insert into import_issue (${sql.raw(ISSUE_COLUMNS)})
    select s.row_number, false, 'unit_code', left(s.unit_code, 200), 'unit_unknown', '{}'
    from import_stage s
    where s.unit_code is not null and not exists (
      select 1 from unit u where u.unit_code = s.unit_code${andInScope(trx, 'import-units', 'u.unit_code')})
    order by s.row_number`.execute(trx)
}

const UNKNOWN_PARENTS = addIssues(`
  select s.row_number, false, 'parent_code', left(s.parent_code, 200), 'parent_unknown', '{}'
  from import_stage s
  where s.parent_code is not null
    and not exists (select 1 from unit u where u.unit_code = s.parent_code)
    and not exists (select 1 from import_stage p where p.unit_code = s.parent_code)
  order by s.row_number`)

/** Rows whose parent is in the file alone, and refused there. */
const REFUSED_PARENTS = addIssues(`
  select s.row_number, false, 'parent_code', left(s.parent_code, 200), 'parent_refused', '{}'
  from import_stage s
  where s.parent_code is not null and not s.is_bad
    and not exists (select 1 from unit u where u.unit_code = s.parent_code)
    and exists (select 1 from import_stage p where p.unit_code = s.parent_code)
    and not exists (select 1 from import_stage p where p.unit_code = s.parent_code and not p.is_bad)
  order by s.row_number`)

/** Overlaps among the rows of the file, and with those on record that the file does not replace. */
const OVERLAPS = addIssues(`
  with span as (
    select row_number, unit_code, valid_from, valid_to from import_stage
    where unit_code is not null and (bad_columns is null or not bad_columns && array['unit_code', 'valid_from', 'valid_to'])
    union all
    select null::integer, p.unit_code, p.valid_from, p.valid_to from unit_period p
    where p.replaced_at is null and p.unit_code in (select unit_code from import_stage)
      and not exists (
        select 1 from import_stage s where s.unit_code = p.unit_code and s.valid_from is not distinct from p.valid_from
      )
  ), several as (
    select * from span where unit_code in (select unit_code from span group by unit_code having count(*) > 1)
  ), longest as materialized (
    -- Of rows that name one period, which are refused for that, the longest stands for all: each pair costs time.
    select distinct on (unit_code, valid_from) * from several
    order by unit_code, valid_from, valid_to desc nulls first, row_number nulls first
  )
  select distinct on (a.row_number) a.row_number, false, 'valid_from', a.valid_from::text,
    case when b.row_number is null then 'interval_overlap_stored' else 'interval_overlap_row' end,
    jsonb_build_object(
      'other', coalesce(b.row_number::text, ''),
      'interval', concat(coalesce(b.valid_from::text, '…'), ' – ', coalesce(b.valid_to::text, '…')))
  from several a join longest b on b.unit_code = a.unit_code and b.valid_from is distinct from a.valid_from
    and daterange(a.valid_from, a.valid_to) && daterange(b.valid_from, b.valid_to)
  where a.row_number is not null
    and (a.valid_to is null or a.valid_from is null or a.valid_from < a.valid_to)
  order by a.row_number, b.row_number nulls first`)

/** Circles among parents, whenever valid, that a row of the file is on. */
const CIRCLES = addIssues(`
  with recursive edge as (
    select distinct unit_code, parent_code from import_stage where not is_bad and parent_code is not null
    union
    select unit_code, parent_code from unit_period p
    where replaced_at is null and parent_code is not null and not exists (
      select 1 from import_stage s where s.unit_code = p.unit_code and s.valid_from is not distinct from p.valid_from
    )
  ), climb as (
    select unit_code as start, parent_code as at, array[unit_code, parent_code] as path from edge
    union all
    select c.start, e.parent_code, c.path || e.parent_code from climb c join edge e on e.unit_code = c.at
    where c.at <> c.start and e.parent_code <> all (c.path[2:]) and cardinality(c.path) < 12
  )
  select s.row_number, false, 'parent_code', left(s.parent_code, 200), 'parent_cycle',
    jsonb_build_object('path', array_to_string(c.path, ' → '))
  from import_stage s join lateral (select path from climb where start = s.unit_code and at = s.unit_code limit 1) c on true
  where not s.is_bad and s.parent_code is not null and s.parent_code <> s.unit_code
  order by s.row_number`)

/** Rows that would keep a unit open on or after the day it was merged, as a file made before the merger says. */
const MERGED = addIssues(`
  select distinct on (s.row_number) s.row_number, true, 'valid_to', s.valid_to::text, 'unit_merged',
    jsonb_build_object('day', m.on_date::text, 'successor', m.successor_code)
  from import_stage s join unit_succession m on m.unit_code = s.unit_code and m.kind = 'merge' and m.replaced_at is null
  where not s.is_bad and daterange(s.valid_from, s.valid_to) @> m.on_date
  order by s.row_number, m.on_date`)

function closedUnits(day: string, column: string, isInstant: boolean): string {
  const shown = isInstant ? shownInstant(`s.${column}`) : `s.${column}::text`
  return addIssues(`
    select s.row_number, true, '${column}', ${shown}, 'unit_closed', '{}'
    from import_stage s
    where not s.is_bad and s.unit_code is not null and s.${column} is not null and not exists (
      select 1 from unit_period p where p.unit_code = s.unit_code and p.replaced_at is null
        and (p.valid_from is null or p.valid_from <= ${day}) and (p.valid_to is null or p.valid_to > ${day})
    )
    order by s.row_number`)
}

/** Later reports without a first one, or before it; the file's own first report counts before the one on record. */
const OUT_OF_ORDER = addIssues(`
  select s.row_number, true, case when f.unit_code is null then 'stage' else 'written_at' end,
    case when f.unit_code is null then s.stage else to_char(s.written_at at time zone interval '8 hours', '${INSTANT_TEXT}') end,
    case when f.unit_code is null then 'first_missing' else 'before_first' end,
    case when f.unit_code is null then '{}'::jsonb
      else jsonb_build_object('first', to_char(f.written_at at time zone interval '8 hours', '${INSTANT_TEXT}')) end
  from import_stage s
  left join lateral (
    select unit_code, written_at from (
      select unit_code, written_at, 0 as place from import_stage g
      where g.event_code = s.event_code and g.unit_code = s.unit_code and g.stage = 'first' and not g.is_bad
      union all
      select unit_code, written_at, 1 from report r
      where r.event_code = s.event_code and r.unit_code = s.unit_code and r.stage = 'first' and r.replaced_at is null
    ) firsts order by place limit 1
  ) f on true
  where not s.is_bad and s.stage <> 'first' and (f.unit_code is null or s.written_at < f.written_at)
  order by s.row_number`)

const LONGEST_SHIFT = `interval '${MAX_SHIFT_DAYS} days'`

/**
 * Shifts of somebody who is on the roster of other units during them, in the file or on record as far as it is in reach; each names
 * up to three. It may be somebody of the same name.
 */
async function warnOfTwoPlaces(trx: Db): Promise<void> {
  await sql`create index on import_stage (person, starts_at)`.execute(trx)
  const elsewhere = (alias: string): string => `not ${alias}.is_withdrawn
          and ${alias}.person = s.person and ${alias}.unit_code <> s.unit_code
          and ${alias}.starts_at > s.starts_at - ${LONGEST_SHIFT} and ${alias}.starts_at < s.ends_at
          and ${alias}.ends_at > s.starts_at`
  await sql`
    insert into import_issue (${sql.raw(ISSUE_COLUMNS)})
    select s.row_number, true, 'person', left(s.person, 200), 'person_elsewhere', jsonb_build_object('units', o.units)
    from import_stage s cross join lateral (
      select string_agg(unit_code, ', ' order by unit_code) as units from (
        (select f.unit_code from import_stage f where not f.is_bad and ${sql.raw(elsewhere('f'))}
          order by f.unit_code limit 3)
        union
        (select r.unit_code from roster_shift r
          where r.replaced_at is null and ${sql.raw(elsewhere('r'))}${andInScope(trx, 'import-shifts', 'r.unit_code')}
            and not exists (
              select from import_stage n where not n.is_bad and ${sql.raw(sameIdentity(STAGE_KINDS.rosters, 'n', 'r'))})
          order by r.unit_code limit 3)
        order by unit_code limit 3
      ) found
    ) o
    where not s.is_bad and not s.is_withdrawn and o.units is not null order by s.row_number`.execute(trx)
}

/**
 * What rows say about each other and about what is on record: errors refuse their rows, warnings do not.
 * Call after `analyzeStage`, under the lock on facts.
 */
export async function checkStage(trx: Db, key: StageKindKey): Promise<void> {
  const kind = STAGE_KINDS[key]
  await sql.raw(duplicates(key)).execute(trx)
  if (key === 'units') {
    await sql`create index on import_stage (unit_code)`.execute(trx)
    await sql.raw(UNKNOWN_PARENTS).execute(trx)
    await sql.raw(OVERLAPS).execute(trx)
  } else await refuseUnknownUnits(trx)
  await markBadRows(trx)
  if (key === 'units') {
    await sql.raw(CIRCLES).execute(trx)
    await markBadRows(trx)
    for (let refused = true; refused;) {
      const { numAffectedRows } = await sql.raw(REFUSED_PARENTS).execute(trx)
      refused = (numAffectedRows ?? 0n) > 0n
      if (refused) await markBadRows(trx)
    }
    await sql.raw(MERGED).execute(trx)
  }
  if (key === 'reports') {
    await sql`create index on import_stage (event_code, unit_code)
      where stage = 'first' and not is_bad`.execute(trx)
    await sql.raw(OUT_OF_ORDER).execute(trx)
  }
  if (key === 'rosters') await warnOfTwoPlaces(trx)
  if (kind.day !== null && kind.dayColumn !== null) {
    await sql.raw(closedUnits(kind.day, kind.dayColumn, kind.columns[kind.dayColumn] === 'timestamptz')).execute(trx)
  }
}
