import { z } from 'zod'

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const Name = z.string().min(1)

/** First line of a backup's text: what follows and from where. */
export const BackupHeader = z.strictObject({
  /** Version of the program that wrote it. */
  program: z.string(),
  /** Version of its PostgreSQL. */
  postgres: z.string(),
  /** The instant of the snapshot, ISO. */
  snapshotAt: z.iso.datetime(),
  /** Migrations applied to the data, in their order. */
  migrations: z.array(Name).min(1),
  /** Tables that follow, in this order. */
  tables: z.array(Name),
})
export type BackupHeader = z.infer<typeof BackupHeader>

/** Line before a table's rows. */
export const BackupTableStart = z.strictObject({ table: Name, columns: z.array(Name).min(1) })
export type BackupTableStart = z.infer<typeof BackupTableStart>

export const BackupTable = z.strictObject({
  name: Name,
  columns: z.array(Name).min(1),
  /** Columns the rows are sorted by, text by code point. */
  orderedBy: z.array(Name).min(1),
  rowCount: z.int().min(0),
  /** Of the rows as COPY writes them. */
  sha256: Sha256,
})
export type BackupTable = z.infer<typeof BackupTable>

/** Last line of a backup's text and mark of its end. */
export const BackupManifest = z.strictObject({
  tables: z.array(BackupTable),
  sequences: z.array(z.strictObject({ name: Name, lastValue: z.int(), isCalled: z.boolean() })),
  /** Tables whose rows stay behind. */
  notCarried: z.array(Name),
})
export type BackupManifest = z.infer<typeof BackupManifest>
