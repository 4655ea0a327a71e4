/** 单位A … 单位Z, 单位AA …: the label of a place, from 0. */
export function pseudonymOf(place: number, word: string): string {
  let [left, letters] = [place, '']
  do {
    letters = String.fromCodePoint(0x41 + (left % 26)) + letters
    left = Math.floor(left / 26) - 1
  } while (left >= 0)
  return `${word}${letters}`
}

export interface NamedUnit {
  readonly unitCode: string
  /** Everything it is called: full name, short name. */
  readonly names: readonly string[]
}

/**
 * Gives a function that takes every name of these units out of a text, and one for a unit's own label. Labels follow the order of the
 * codes, so that the same meeting has the same ones whoever shows it. Longest names go first: one may hold another.
 */
export function hideNames(units: readonly NamedUnit[], word: string) {
  const codes = units.map(({ unitCode }) => unitCode).toSorted()
  const labelOf = (unitCode: string): string => pseudonymOf(codes.indexOf(unitCode), word)
  const names = units
    .flatMap(({ names: own, unitCode }) => [unitCode, ...own].map((name) => ({ name, label: labelOf(unitCode) })))
    .filter(({ name }) => name !== '')
    .toSorted((a, b) => b.name.length - a.name.length)
  // Labels are put in at the end: one must not be read as a part of another's name.
  const hideIn = (text: string): string => {
    const marked = names.reduce((now, { name }, at) => now.replaceAll(name, `\u0000${at}\u0000`), text)
    return marked.replaceAll(/\u0000(\d+)\u0000/g, (_, at: string) => names[Number(at)]?.label ?? '')
  }
  return { hideIn, labelOf }
}
