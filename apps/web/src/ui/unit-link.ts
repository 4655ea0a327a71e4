import type { Dimension, TreeChoice } from '@zhidu/domain'

/** Ids of the sections of a unit's page, so that a number anywhere leads to what it counts. */
export const UNIT_SECTIONS = ['score', 'deductions', 'events', 'checks', 'filings', 'trend'] as const
export type UnitSection = (typeof UNIT_SECTIONS)[number]

export interface UnitLinkOptions {
  readonly quarter?: string | null
  readonly asOf?: string | null
  readonly section?: UnitSection
  /** `now` = by today's tree. */
  readonly tree?: TreeChoice
  /** Narrows the list of deductions to one dimension. */
  readonly dimension?: Dimension
}

/** `/units/D13?quarter=2026Q3#deductions` */
export function unitLink(unitCode: string, options: UnitLinkOptions = {}): string {
  const query = new URLSearchParams()
  if (options.quarter) query.set('quarter', options.quarter)
  if (options.asOf) query.set('asOf', options.asOf)
  if (options.tree === 'now') query.set('tree', 'now')
  if (options.dimension !== undefined) query.set('dimension', options.dimension)
  const search = query.toString()
  return `/units/${encodeURIComponent(unitCode)}${search === '' ? '' : `?${search}`}${options.section === undefined ? '' : `#${options.section}`}`
}

/** `/units/D13/move?quarter=2026Q3`: why its place is another one than last quarter. */
export function moveLink(unitCode: string, options: Pick<UnitLinkOptions, 'quarter' | 'asOf'> = {}): string {
  const [path = '', search] = unitLink(unitCode, options).split('?')
  return `${path}/move${search === undefined ? '' : `?${search}`}`
}
