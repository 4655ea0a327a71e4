import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { instant } from '../instant.ts'
import type { ImportTable, InstantColumn } from '../schema.ts'
import { sameIdentity, STAGE_KINDS, type StageKindKey } from './stage-kinds.ts'

const MANY_ROWS = 500

export interface StageCounts {
  readonly rows: number
  readonly rejected: number
  readonly created: number
  readonly updated: number
  readonly unchanged: number
}

/** Compares the accepted rows with what is on record; `import_change` keeps the answer for `writeStage`. */
export async function compareStage(trx: Db, key: StageKindKey): Promise<StageCounts> {
  const kind = STAGE_KINDS[key]
  const values = Object.keys(kind.columns).filter((column) => !kind.identity.includes(column))
  const row = (alias: string): string => `row(${values.map((column) => `${alias}.${column}`).join(', ')})`
  await sql
    .raw(
      `create temporary table import_change on commit drop as
       select s.row_number, t.version_id, case
         when t.version_id is null then 'created'
         when ${row('t')} is not distinct from ${row('s')} then 'unchanged'
         else 'updated' end as change
       from import_stage s left join ${kind.table} t on t.replaced_at is null and ${sameIdentity(kind, 't', 's')}
       where not s.is_bad`,
    )
    .execute(trx)
  const { rows } = await sql<StageCounts>`
    select (select count(*) from import_stage) as rows,
      (select count(*) from import_stage where is_bad) as rejected,
      count(*) filter (where change = 'created') as created,
      count(*) filter (where change = 'updated') as updated,
      count(*) filter (where change = 'unchanged') as unchanged
    from import_change`.execute(trx)
  const [counts] = rows
  if (counts === undefined) throw new RangeError('an aggregate without a row')
  return counts
}

/** New codes get the next places in the official order, by their first appearance in the file. */
async function addUnits(trx: Db): Promise<void> {
  await sql`
    insert into unit (unit_code, position)
    select unit_code, (select coalesce(max(position), 0) from unit) + row_number() over (order by min(row_number))
    from import_stage s
    where not is_bad and not exists (select 1 from unit u where u.unit_code = s.unit_code)
    group by unit_code`.execute(trx)
}

/** The file as accepted, without the instant it was. */
export type AcceptedFile = Readonly<Omit<ImportTable, 'imported_at'>> & {
  readonly importedAt: InstantColumn['__select__']
}

/** Writes what `compareStage` found: old versions are closed, new ones added, unchanged rows left alone. */
export async function writeStage(trx: Db, key: StageKindKey, file: AcceptedFile): Promise<void> {
  const kind = STAGE_KINDS[key]
  const { importedAt, ...row } = file
  await sql`create index on import_change (row_number)`.execute(trx)
  await sql`analyze import_change`.execute(trx)
  await trx
    .insertInto('import_file')
    .values({ ...row, imported_at: instant(importedAt) })
    .execute()
  if (key === 'units') await addUnits(trx)
  const table = sql.table(kind.table)
  await sql`
    update ${table} t set replaced_at = ${instant(importedAt)}, replaced_by = ${file.import_id}::uuid
    from import_change c join import_stage s using (row_number)
    where c.change = 'updated' and t.version_id = c.version_id and t.replaced_at is null
      and ${sql.raw(sameIdentity(kind, 't', 's'))}`.execute(trx)
  const columns = Object.keys(kind.columns).join(', ')
  await sql`
    insert into ${table} (${sql.raw(columns)}, import_id, recorded_at)
    select ${sql.raw(columns.replace(/\w+/g, 's.$&'))}, ${file.import_id}::uuid, ${instant(importedAt)}
    from import_stage s join import_change c using (row_number)
    where c.change <> 'unchanged' order by s.row_number`.execute(trx)
  await refreshStatistics(trx, kind.table)
}

/** After many new rows the planner needs new figures at once: the rollups are read in this same transaction. */
async function refreshStatistics(trx: Db, table: string): Promise<void> {
  const { rows } = await sql<{
    changed: number
  }>`select count(*) as changed from import_change where change <> 'unchanged'`.execute(trx)
  if ((rows[0]?.changed ?? 0) >= MANY_ROWS) await sql`analyze ${sql.table(table)}`.execute(trx)
}
