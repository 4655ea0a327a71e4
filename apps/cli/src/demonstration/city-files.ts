import { type CellValue, type Kind, KIND_SHEETS, toExportCell } from '@zhidu/contract'
import { toCsv } from '@zhidu/documents'
import { toHolidayKey } from '@zhidu/domain'
import type { SyntheticCity } from '@zhidu/synthetic'

/** In the order in which they can be imported: units before what names them. */
export const CITY_KINDS = [
  'units',
  'reports',
  'checks',
  'misreports',
  'filings',
  'leads',
  'bonuses',
  'duty_lines',
  'rosters',
] as const satisfies readonly Kind[]
export type CityKind = (typeof CITY_KINDS)[number]

/** Columns of files are the facts' fields in snake case, but for the holiday, which is one cell. */
function toCell(fact: Readonly<Record<string, unknown>>, key: string): CellValue {
  const value = fact[key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())]
  if (typeof value === 'string' || typeof value === 'number') return value
  return Array.isArray(value) ? value.map(String) : null
}

function toFacts(city: SyntheticCity, kind: CityKind): readonly object[] {
  if (kind === 'duty_lines') return city.dutyLines
  if (kind !== 'filings') return city[kind]
  return city.filings.map((filing) => ({
    ...filing,
    holiday: toHolidayKey({ year: filing.holidayYear, name: filing.holidayName }),
  }))
}

/** One kind of the city's facts as a CSV file in the form of the contract. */
export function toCityCsv(city: SyntheticCity, kind: CityKind): AsyncIterable<Uint8Array> {
  const { columns } = KIND_SHEETS[kind]
  const rows = toFacts(city, kind).map((fact) =>
    columns.map((column) => toExportCell(column, toCell({ ...fact }, column.key))),
  )
  async function* inOneBatch(): AsyncGenerator<readonly (readonly string[])[]> {
    yield rows
  }
  return toCsv(
    columns.map((column) => column.key),
    inOneBatch(),
  )
}
