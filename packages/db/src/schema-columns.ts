import type { PlainDate } from '@zhidu/domain'
import type { ColumnType, Generated } from 'kysely'

/** What `instant(epochMs)` gives; a bare number is not accepted where an instant is written. */
export type InstantParameter = number & { readonly __brand: 'InstantParameter' }
/** timestamptz; read as epoch ms (whole seconds for facts), written as `instant(epochMs)`. */
export type InstantColumn = ColumnType<number, InstantParameter, InstantParameter>
export type NullableInstantColumn = ColumnType<number | null, InstantParameter | null, InstantParameter | null>
/** date; read and written as `YYYY-MM-DD`. */
export type DateColumn = ColumnType<PlainDate, string, string>
export type NullableDateColumn = ColumnType<PlainDate | null, string | null, string | null>

/**
 * Every fact is a chain of versions: the current one has `replaced_at` NULL; a correction closes it and adds the next.
 * Nothing is updated in place, nothing is deleted.
 */
export interface FactVersion {
  /** Internal; never shown, never an address. */
  version_id: Generated<number>
  import_id: string
  recorded_at: InstantColumn // when this installation received the version
  replaced_at: NullableInstantColumn // NULL = the current version
  replaced_by: string | null // import_id that replaced it; NULL = the current version
}
