import type { PlainDate } from '@zhidu/domain'
import type { ColumnType } from 'kysely'

/** What `instant(epochMs)` gives; a bare number is not accepted where an instant is written. */
export type InstantParameter = number & { readonly __brand: 'InstantParameter' }
/** timestamptz; read as epoch ms (whole seconds for facts), written as `instant(epochMs)`. */
export type InstantColumn = ColumnType<number, InstantParameter, InstantParameter>
export type NullableInstantColumn = ColumnType<number | null, InstantParameter | null, InstantParameter | null>
/** date; read and written as `YYYY-MM-DD`. */
export type DateColumn = ColumnType<PlainDate, string, string>
export type NullableDateColumn = ColumnType<PlainDate | null, string | null, string | null>
