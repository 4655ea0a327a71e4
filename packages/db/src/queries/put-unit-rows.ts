import type { UnitPeriod } from '@zhidu/domain'
import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { instant } from '../instant.ts'

/** A change of rows of units that no file brought. */
export interface UnitRowsChange {
  readonly changeId: string
  /** Stands where the name of a file would. */
  readonly fileName: string
  readonly sha256: string
  /** Epoch ms. */
  readonly at: number
  readonly sender: { readonly name: string; readonly unitCode: string | null }
  readonly gone: readonly UnitPeriod[]
  readonly added: readonly UnitPeriod[]
}

/** New codes get the next places in the official order. */
async function addUnits(trx: Db, unitCodes: readonly string[]): Promise<void> {
  await sql`
    insert into unit (unit_code, position)
    select code, (select coalesce(max(position), 0) from unit) + row_number() over (order by place)
    from unnest(${unitCodes}::text[]) with ordinality as added (code, place)
    where not exists (select from unit u where u.unit_code = code)`.execute(trx)
}

/**
 * Closes versions and adds others, under one change. Throws RangeError unless every row of `gone` is a current one.
 * The tree of who stands above whom and the rollups have to be made anew after it.
 */
export async function putUnitRows(trx: Db, change: UnitRowsChange): Promise<void> {
  const { added, at, changeId, fileName, gone, sender, sha256 } = change
  const isReplaced = (row: UnitPeriod): boolean =>
    gone.some(({ unitCode, validFrom }) => unitCode === row.unitCode && validFrom === row.validFrom)
  const updated = added.filter(isReplaced).length
  await trx
    .insertInto('import_file')
    .values({
      import_id: changeId,
      kind: 'units',
      file_name: fileName,
      sha256,
      row_count: gone.length - updated + added.length,
      created_count: added.length - updated,
      updated_count: gone.length,
      unchanged_count: 0,
      rejected_count: 0,
      imported_at: instant(at),
      imported_by: sender.name,
      unit_code: sender.unitCode,
    })
    .execute()
  for (const { unitCode, validFrom } of gone) {
    const { numUpdatedRows } = await trx
      .updateTable('unit_period')
      .set({ replaced_at: instant(at), replaced_by: changeId })
      .where('unit_code', '=', unitCode)
      .where(sql<boolean>`valid_from is not distinct from ${validFrom}::date`)
      .where('replaced_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows !== 1n) throw new RangeError(`no current row of ${unitCode} from ${validFrom}`)
  }
  await addUnits(trx, [...new Set(added.map((row) => row.unitCode))])
  if (added.length === 0) return
  await trx
    .insertInto('unit_period')
    .values(
      added.map((row) => ({
        unit_code: row.unitCode,
        valid_from: row.validFrom,
        valid_to: row.validTo,
        name: row.name,
        short_name: row.shortName,
        parent_code: row.parentCode,
        tier: row.tier,
        peer_group: row.peerGroup,
        duty_mode: row.dutyMode,
        import_id: changeId,
        recorded_at: instant(at),
        replaced_at: null,
        replaced_by: null,
      })),
    )
    .execute()
}
