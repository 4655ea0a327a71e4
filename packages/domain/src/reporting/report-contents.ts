import { ELEMENTS, type Element } from '../facts/facts.ts'

/** What a report says, beside its class, level and clocks. */
export interface ReportWords {
  /** By element; left out or blank = not known yet, will follow. */
  readonly texts: Readonly<Partial<Record<Element, string>>>
  /** In words; blank = not known yet. */
  readonly place: string
  /** Persons; null = not known yet, unlike 0. */
  readonly deaths: number | null
  readonly injuries: number | null
  readonly missing: number | null
}

/** What one element may hold; what is longer is refused by name. */
export const MOST_ELEMENT_CHARACTERS = 10_000

/** Elements that fields of their own give: the clocks, the class and level. */
export const ELEMENTS_BY_FIELD = ['learned_time', 'occurred_time', 'nature'] as const satisfies readonly Element[]

/**
 * The elements that a report gives, in the order of `ELEMENTS`: its clocks, class and level always; the place by its field; casualties
 * by a figure or in words; the others by a text that is not blank.
 */
export function listElementsGiven({ deaths, injuries, missing, place, texts }: ReportWords): Element[] {
  const isGiven = (element: Element): boolean => {
    if (ELEMENTS_BY_FIELD.some((one) => one === element)) return true
    if ((texts[element] ?? '').trim() !== '') return true
    if (element === 'place') return place.trim() !== ''
    return element === 'casualties' && [deaths, injuries, missing].some((figure) => figure !== null)
  }
  return ELEMENTS.filter(isGiven)
}

/**
 * The elements that stand on record after a correction: what it leaves out goes; what it adds counts only while the elements of the
 * event may still be supplemented, because the correction keeps the time of the report it corrects.
 */
export function elementsAfterCorrection(
  before: readonly Element[],
  after: readonly Element[],
  maySupplement: boolean,
): Element[] {
  return ELEMENTS.filter((element) => after.includes(element) && (maySupplement || before.includes(element)))
}

/** Fewest deaths of each level of an accident; what is below is IV. Source: 国务院令第493号第三条, “以上” includes the number. */
export const ACCIDENT_DEATHS = { I: 30, II: 10, III: 3 } as const

/** The least level of an accident with so many deaths, by the published order; null = no deaths are known. */
export function leastLevelByDeaths(deaths: number | null): 'I' | 'II' | 'III' | 'IV' | null {
  if (deaths === null) return null
  if (deaths >= ACCIDENT_DEATHS.I) return 'I'
  if (deaths >= ACCIDENT_DEATHS.II) return 'II'
  return deaths >= ACCIDENT_DEATHS.III ? 'III' : 'IV'
}
