import { afterAll, beforeAll, expect, test } from 'vitest'
import { asReadonly, type ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { importsQuery, listImportFiles } from './list-imports.ts'

let database: TestDatabase
let db: ReadonlyDb
beforeAll(async () => {
  database = await createTestDatabase()
  db = asReadonly(database.db)
})
afterAll(() => database.close())

test('newest first, no more than asked for', async () => {
  expect(importsQuery(db, 10).compile().sql).toMatchInlineSnapshot(
    `"select "import_id" as "importId", "kind", "file_name" as "fileName", "imported_at" as "importedAt", "row_count" as "rowCount", "created_count" as "createdCount", "updated_count" as "updatedCount", "unchanged_count" as "unchangedCount", "rejected_count" as "rejectedCount" from "import_file" order by "imported_at" desc, "import_id" limit $1"`,
  )
  expect(await listImportFiles(db, 10)).toEqual([])
  const counts = { row_count: 5, created_count: 1, updated_count: 1, unchanged_count: 2, rejected_count: 1 }
  for (const [index, name] of ['old', 'new', 'middle'].entries()) {
    await database.db
      .insertInto('import_file')
      .values({
        import_id: `00000000-0000-4000-8000-00000000000${index}`,
        kind: 'reports',
        file_name: name,
        sha256: 'ab',
        ...counts,
        imported_at: instant([1_000, 3_000, 2_000][index] ?? 0),
      })
      .execute()
  }
  const found = await listImportFiles(db, 2)
  expect(found.map((row) => row.fileName)).toEqual(['new', 'middle'])
  expect(found[0]).toEqual({
    importId: '00000000-0000-4000-8000-000000000001',
    kind: 'reports',
    fileName: 'new',
    importedAt: 3_000,
    rowCount: 5,
    createdCount: 1,
    updatedCount: 1,
    unchangedCount: 2,
    rejectedCount: 1,
  })
})
