import { sql } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import { inScope } from '../transaction/scope.ts'

/** A piece of a file of a frozen quarter; see `FrozenPartTable`. */
export interface FrozenPart {
  readonly fileName: string
  readonly part: number
  readonly unitCode: string | null
  readonly isGzip: boolean
  readonly content: Buffer
}

const COLUMNS = ['file_name as fileName', 'part', 'unit_code as unitCode', 'is_gzip as isGzip', 'content'] as const

/** What everybody may read of a frozen quarter; so does the policy on the table. */
export const SHARED_FROZEN_FILES = ['regulation.json', 'calendar.json'] as const

export async function insertFrozenParts(trx: Db, frozenId: string, parts: readonly FrozenPart[]): Promise<void> {
  if (parts.length === 0) return
  const values = parts.map(({ content, fileName, isGzip, part, unitCode }) => ({
    frozen_id: frozenId,
    file_name: fileName,
    part,
    unit_code: unitCode,
    is_gzip: isGzip,
    content,
  }))
  await trx.insertInto('frozen_part').values(values).execute()
}

export function frozenPartsQuery(
  db: ReadonlyDb,
  page: { readonly frozenId: string; readonly fileName: string; readonly after: number; readonly limit: number },
) {
  return db
    .selectFrom('frozen_part')
    .select(COLUMNS)
    .where('frozen_id', '=', page.frozenId)
    .where('file_name', '=', page.fileName)
    .where('part', '>', page.after)
    .$call(inScope(db, 'frozen-parts', 'unit_code'))
    .orderBy('part')
    .limit(page.limit)
}

/** The pieces of one file in their order, a page at a time: all of them for who reaches everything, else those of units in reach. */
export async function* listFrozenParts(
  db: ReadonlyDb,
  file: { readonly frozenId: string; readonly fileName: string; readonly limit?: number },
): AsyncGenerator<FrozenPart[]> {
  const limit = file.limit ?? 64
  let after = -1
  for (;;) {
    const page: FrozenPart[] = await frozenPartsQuery(db, { ...file, after, limit }).execute()
    if (page.length > 0) yield page
    const last = page.at(-1)
    if (last === undefined || page.length < limit) return
    after = last.part
  }
}

export function frozenPartsOfUnitsQuery(
  db: ReadonlyDb,
  args: { readonly frozenId: string; readonly unitCodes: readonly string[] },
) {
  return db
    .selectFrom('frozen_part')
    .select(COLUMNS)
    .where('frozen_id', '=', args.frozenId)
    .where('unit_code', '=', sql<string>`any (${args.unitCodes}::text[])`)
    .$call(inScope(db, 'frozen-parts-of-units', 'unit_code'))
    .orderBy('unit_code')
    .orderBy('file_name')
    .orderBy('part')
}

/** Every piece that is about some units, by unit, file and place; some hundred units at most. */
export function listFrozenPartsOfUnits(
  db: ReadonlyDb,
  args: { readonly frozenId: string; readonly unitCodes: readonly string[] },
): Promise<FrozenPart[]> {
  return args.unitCodes.length === 0 ? Promise.resolve([]) : frozenPartsOfUnitsQuery(db, args).execute()
}

/** The rules and the calendar of a frozen quarter. */
export function listSharedFrozenParts(db: ReadonlyDb, frozenId: string): Promise<FrozenPart[]> {
  return db
    .selectFrom('frozen_part')
    .select(COLUMNS)
    .where('frozen_id', '=', frozenId)
    .where('unit_code', 'is', null)
    .where('file_name', 'in', SHARED_FROZEN_FILES)
    .orderBy('file_name')
    .orderBy('part')
    .execute()
}

/** Every piece there is, one by one without its content: files that no manifest names are found by it. For who reaches everything. */
export async function listFrozenFileNames(db: ReadonlyDb, frozenId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('frozen_part')
    .select('file_name as fileName')
    .distinct()
    .where('frozen_id', '=', frozenId)
    .$call(inScope(db, 'frozen-file-names', 'unit_code'))
    .orderBy('file_name')
    .execute()
  return rows.map(({ fileName }) => fileName)
}
