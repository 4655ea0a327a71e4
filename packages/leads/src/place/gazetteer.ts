/** A town, street, village, road or landmark. */
export interface Place {
  readonly name: string
  readonly aliases: readonly string[]
  /** Of what unit's area; several places may bear one name. */
  readonly unitCode: string
}

/** A unit that has an area of its own, or lies in one. */
export interface AreaUnit {
  readonly unitCode: string
  readonly names: readonly string[]
  readonly parentCode: string | null
  /** False for a bureau, which has no area. */
  readonly hasArea: boolean
}

/** What a text says of where. */
export interface Whereabouts {
  /** Units whose area is named, or in which the place lies; empty = not said. */
  readonly areas: readonly string[]
  /** Whether the areas are all that bear one name, of which any may be meant. */
  readonly isUnclear: boolean
  /** Names of places, as they are written in the gazetteer; empty = none is known. */
  readonly places: readonly string[]
}

/** What stands after the name proper. Longer ones first. */
const SUFFIXES = [
  '街道办事处',
  '管理委员会',
  '工业园区',
  '工业园',
  '工业区',
  '产业园',
  '高新区',
  '开发区',
  '街道办',
  '大桥',
  '市场',
  '广场',
  '水库',
  '街道',
  '社区',
  '管委会',
  '大道',
  '镇',
  '乡',
  '村',
  '路',
  '县',
  '区',
  '市',
]
/** A single letter stands in any text. */
const LEAST_LETTERS = 2

/** The name without what kind of place it is; the whole name where too little would be left. */
export function bareNameOf(name: string): string {
  const suffix = SUFFIXES.find((one) => name.endsWith(one) && name.length - one.length >= LEAST_LETTERS)
  return suffix === undefined ? name : name.slice(0, -suffix.length)
}

interface Entry {
  readonly places: Set<string>
  readonly areas: Set<string>
}

export interface Gazetteer {
  /** Reads the whereabouts of a text: the longest name at each letter counts. */
  find(text: string): Whereabouts
  /** What the text says besides: all of it but those names. */
  withoutNames(text: string): string
  /** The unit itself and those above it that have an area. */
  areasOf(unitCode: string): readonly string[]
}

function addName(names: Map<string, Entry>, name: string, what: { place?: string; area?: string }): void {
  for (const key of new Set([name, bareNameOf(name)])) {
    if (key.length < LEAST_LETTERS) continue
    const entry = names.get(key) ?? { places: new Set(), areas: new Set() }
    if (what.place !== undefined) entry.places.add(what.place)
    if (what.area !== undefined) entry.areas.add(what.area)
    names.set(key, entry)
  }
}

function listAreas(units: ReadonlyMap<string, AreaUnit>, unitCode: string): string[] {
  const areas: string[] = []
  const seen = new Set<string>()
  for (let at: string | null = unitCode; at !== null && !seen.has(at);) {
    seen.add(at)
    const unit = units.get(at)
    if (unit?.hasArea === true) areas.push(at)
    at = unit?.parentCode ?? null
  }
  return areas
}

/** Names of units and places, whatever is written after them (镇, 街道, 村, 路). A place bears the areas above it as well. */
export function buildGazetteer(units: readonly AreaUnit[], places: readonly Place[]): Gazetteer {
  const byCode = new Map(units.map((unit) => [unit.unitCode, unit]))
  const names = new Map<string, Entry>()
  for (const unit of units) {
    if (!unit.hasArea) continue
    for (const name of unit.names) addName(names, name, { area: unit.unitCode })
  }
  for (const { aliases, name, unitCode } of places) {
    const hasArea = listAreas(byCode, unitCode).includes(unitCode)
    for (const one of [name, ...aliases]) addName(names, one, { place: name, ...(hasArea && { area: unitCode }) })
  }
  // By the first two letters, so that most letters of a text cost one look.
  const starting = new Map<string, string[]>()
  for (const name of names.keys()) {
    const start = name.slice(0, LEAST_LETTERS)
    starting.set(start, [...(starting.get(start) ?? []), name])
  }
  for (const some of starting.values()) some.sort((a, b) => b.length - a.length)

  function matchAt(text: string, at: number): string | undefined {
    return starting.get(text.slice(at, at + LEAST_LETTERS))?.find((name) => text.startsWith(name, at))
  }

  function withoutNames(text: string): string {
    let rest = ''
    let from = 0
    for (let at = 0; at < text.length;) {
      const name = matchAt(text, at)
      if (name !== undefined) {
        rest += `${text.slice(from, at)} `
        from = at + name.length
      }
      at += name?.length ?? 1
    }
    return rest + text.slice(from)
  }

  function find(text: string): Whereabouts {
    const areas = new Set<string>()
    const found = new Set<string>()
    const unclear: Entry[] = []
    for (let at = 0; at < text.length;) {
      const name = matchAt(text, at)
      const entry = name === undefined ? undefined : names.get(name)
      at += name?.length ?? 1
      if (entry === undefined) continue
      for (const place of entry.places) found.add(place)
      // A name that several areas have says nothing of the area; what else is named may.
      if (entry.areas.size === 1) for (const area of entry.areas) areas.add(area)
      else unclear.push(entry)
    }
    const isUnclear = areas.size === 0 && unclear[0] !== undefined && unclear[0].areas.size > 0
    if (isUnclear) for (const area of unclear[0]?.areas ?? []) areas.add(area)
    return { areas: [...areas].toSorted(), isUnclear, places: [...found].toSorted() }
  }

  return { find, withoutNames, areasOf: (unitCode) => listAreas(byCode, unitCode) }
}
