export interface MatchedUnit {
  readonly unitCode: string
  readonly name: string
  readonly shortName: string | null
}

/** First letters of a name's pinyin; the dictionary behind it is loaded only when somebody types letters. */
export type InitialsOf = (name: string) => string

/** True when the text holds Latin letters, so that it may be initials. */
export function mayBeInitials(text: string): boolean {
  return /[a-z]/i.test(text)
}

export function loadInitials(): Promise<InitialsOf> {
  return import('./initials.ts').then((module) => module.initialsOf)
}

/** True when name, short name, code or (once loaded) the initials of a name contain the text. */
export function matchesUnit(unit: MatchedUnit, text: string, initialsOf: InitialsOf | null): boolean {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return true
  const names = unit.shortName === null ? [unit.name] : [unit.name, unit.shortName]
  if (unit.unitCode.toLowerCase().includes(wanted)) return true
  if (names.some((name) => name.toLowerCase().includes(wanted))) return true
  return initialsOf !== null && mayBeInitials(wanted) && names.some((name) => initialsOf(name).includes(wanted))
}
