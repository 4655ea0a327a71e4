import type { Dimension, TreeChoice } from '@zhidu/domain'
import { unitLink, type UnitSection } from '../../ui/unit-link.ts'

export interface LinkContext {
  readonly quarter: string
  readonly asOf: string | null
  readonly tree: TreeChoice
}

/** Where a number of the table leads: the part of the unit's page that lists what it counts. */
export function cellLink(unitCode: string, context: LinkContext, section?: UnitSection, dimension?: Dimension): string {
  return unitLink(unitCode, {
    ...context,
    ...(section === undefined ? {} : { section }),
    ...(dimension === undefined ? {} : { dimension }),
  })
}
