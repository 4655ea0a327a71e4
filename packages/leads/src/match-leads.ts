import { CATEGORIES, type Category, HOUR_MS } from '@zhidu/domain'
import type { Gazetteer } from './place/gazetteer.ts'
import {
  casualtyBits,
  gradeCasualties,
  gradePlace,
  gradeText,
  gradeTime,
  hoursBetween,
  MOST_TEXT_BITS,
  mostCasualtyBits,
  PLACE_BITS,
  placeBits,
  spanOfBits,
  textBits,
  timeBits,
} from './score/grade-features.ts'
import { judgeCandidates, type LeadMatch, type Weighed } from './score/judge-candidates.ts'
import type { FeatureReason, IncidentRecord, LeadRecord } from './score/record.ts'
import {
  type AreaClaims,
  areaApartBits,
  areaSameBits,
  claimAreas,
  countShares,
  gradeArea,
  gradeCategory,
  KINDS,
} from './score/shares.ts'
import { LISTED_FROM_BITS, OCCURRED_HOURS, SEEN_HOURS } from './score/weights.ts'
import { buildTextSpace } from './text/bigrams.ts'

/** An incident with what is read out of it once. */
interface Prepared {
  readonly incident: IncidentRecord
  /** Where it stands among those that were given. */
  readonly position: number
  readonly areas: readonly string[]
  readonly places: readonly string[]
  readonly hasText: boolean
  /** Number of the lead that looked at it last. */
  seenBy: number
}

interface PreparedLead {
  readonly lead: LeadRecord
  readonly areas: AreaClaims
  /** What it says to be of none of its areas. */
  readonly apartBits: number
  readonly places: readonly string[]
  readonly hasText: boolean
  readonly isOccurred: boolean
  /** What each class of an incident says; null = the lead names none. */
  readonly categoryBits: Readonly<Record<Category, number>> | null
  /** The most that its figures can say. */
  readonly mostCasualties: number
  /** The time that is compared. */
  readonly at: number
}

/** In the order of time, the times beside them. */
interface Run {
  readonly items: readonly Prepared[]
  readonly times: Float64Array
}

function toRun(items: readonly Prepared[]): Run {
  return { items, times: Float64Array.from(items, ({ incident }) => incident.occurredAt) }
}
const NOBODY = toRun([])

/** Those that bear each key, in their order. */
function groupRuns(items: readonly Prepared[], keysOf: (one: Prepared) => readonly string[]): Map<string, Run> {
  const groups = new Map<string, Prepared[]>()
  for (const one of items) {
    for (const key of keysOf(one)) {
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [one])
      else group.push(one)
    }
  }
  return new Map([...groups].map(([key, group]) => [key, toRun(group)]))
}

/** Incidents of one class that all have a place, a text, or neither: what such a pair can come to is the same for all. */
interface Kind extends Run {
  readonly category: Category | null
  readonly hasPlace: boolean
  readonly hasText: boolean
}

function groupKinds(items: readonly Prepared[]): Kind[] {
  const kinds = Map.groupBy(
    items,
    ({ hasText, incident, places }) => `${incident.category ?? ''}/${places.length > 0}/${hasText}`,
  )
  return [...kinds.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const { hasText, incident, places } = first
    return [{ ...toRun(group), category: incident.category, hasPlace: places.length > 0, hasText }]
  })
}

/** Areas and places that a text and a unit's area say together. */
export function placeOf(
  gazetteer: Gazetteer,
  about: { readonly unitCodes: readonly string[]; readonly place: string | null; readonly text: string | null },
): { readonly areas: string[]; readonly places: string[] } {
  const named = about.place === null ? null : gazetteer.find(about.place)
  const isWhole = named !== null && named.places.length > 0 && named.areas.length > 0
  const told = about.text === null || isWhole ? null : gazetteer.find(about.text)
  // What stands in the field of the place is meant; a text may name others besides.
  const places = named !== null && named.places.length > 0 ? named.places : (told?.places ?? [])
  const byPlace = named !== null && named.areas.length > 0 ? named : told
  const areas = new Set(about.unitCodes.flatMap((unitCode) => gazetteer.areasOf(unitCode)))
  const chains = (byPlace?.areas ?? []).map((unitCode) => gazetteer.areasOf(unitCode))
  // Of a name that several areas bear, that of the unit is meant where it is one of them.
  const meant = byPlace?.isUnclear === true ? chains.filter((chain) => chain.some((area) => areas.has(area))) : []
  for (const area of (meant.length > 0 ? meant : chains).flat()) areas.add(area)
  return { areas: [...areas].toSorted(), places: [...places] }
}

/** First of the run at or after an instant. */
function firstFrom({ times }: Run, from: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] ?? 0) < from) low = middle + 1
    else high = middle
  }
  return low
}

/** The text that is compared: names of places are not, since places are compared already. */
function tellingOf(gazetteer: Gazetteer, { place, text }: Pick<IncidentRecord, 'place' | 'text'>): string | null {
  return text === null ? null : gazetteer.withoutNames(`${place ?? ''} ${text}`)
}

/** Hours from an instant back and on, the ends included. */
interface Span {
  readonly back: number
  readonly on: number
}

function within({ items, times }: Run, at: number, { back, on }: Span, see: (one: Prepared) => void): void {
  const until = at + on * HOUR_MS
  for (let next = firstFrom({ items, times }, at - back * HOUR_MS); next < times.length; next += 1) {
    if ((times[next] ?? 0) > until) return
    const one = items[next]
    if (one !== undefined) see(one)
  }
}

/** Reports that leads are matched against, again and again. */
export interface LeadMatcher {
  match(lead: LeadRecord): LeadMatch
}

/**
 * Prepares incidents for matching. What is listed of a lead is exactly what comparing it with every incident would list: pairs are
 * left out only where the features not yet looked at could not bring them to LISTED_FROM_BITS.
 */
export function buildLeadMatcher(incidents: readonly IncidentRecord[], gazetteer: Gazetteer): LeadMatcher {
  const space = buildTextSpace(incidents.map((one) => tellingOf(gazetteer, one)))
  const sorted = incidents
    .map((incident, position): Prepared => {
      return { incident, position, ...placeOf(gazetteer, incident), hasText: incident.text !== null, seenBy: 0 }
    })
    .toSorted((a, b) => a.incident.occurredAt - b.incident.occurredAt)
  const areaShares = countShares(
    sorted.map(({ areas }) => areas),
    KINDS.area,
  )
  const categoryShares = countShares(
    sorted.map(({ incident }) => (incident.category === null ? [] : [incident.category])),
    KINDS.category,
  )
  const all = toRun(sorted)
  const kinds = groupKinds(sorted)
  const ofNoArea = toRun(sorted.filter(({ areas }) => areas.length === 0))
  const ofArea = groupRuns(sorted, ({ areas }) => areas)
  const ofPlace = groupRuns(sorted, ({ places }) => places)

  let looks = 0

  function weighCategories(own: Category): Record<Category, number> {
    const pairs = CATEGORIES.map((theirs) => [theirs, gradeCategory(own, theirs, categoryShares).bits])
    // Safe: one for each of CATEGORIES.
    return Object.fromEntries(pairs) as Record<Category, number>
  }

  function prepareLead(lead: LeadRecord): PreparedLead {
    const { occurredAt, place, seenAt, text, unitCode } = lead
    const { areas, places } = placeOf(gazetteer, { unitCodes: unitCode === null ? [] : [unitCode], place, text })
    const claims = claimAreas(areas, areaShares, gazetteer.areasOf)
    const vector = space.vectorOf(tellingOf(gazetteer, lead) ?? '')
    space.turnTo(vector)
    return {
      lead,
      areas: claims,
      apartBits: claims.size === 0 ? 0 : areaApartBits(claims),
      places,
      hasText: vector.terms.length > 0,
      isOccurred: occurredAt !== null,
      categoryBits: lead.category === null ? null : weighCategories(lead.category),
      mostCasualties: mostCasualtyBits(lead),
      at: occurredAt ?? seenAt,
    }
  }

  function windowOf({ isOccurred }: PreparedLead): Span {
    return isOccurred ? { back: OCCURRED_HOURS, on: OCCURRED_HOURS } : { back: SEEN_HOURS.after, on: SEEN_HOURS.before }
  }

  function reasonsOf(own: PreparedLead, other: Prepared, hours: number, cosine: number | null): FeatureReason[] {
    const { incident } = other
    return [
      { feature: 'area', ...gradeArea(own.areas, other.areas) },
      { feature: 'place', ...gradePlace(own.places, other.places) },
      { feature: 'time', ...gradeTime(own.isOccurred, hours) },
      { feature: 'category', ...gradeCategory(own.lead.category, incident.category, categoryShares) },
      { feature: 'casualties', ...gradeCasualties(own.lead, incident) },
      { feature: 'text', ...gradeText(cosine) },
    ]
  }

  function categoryBitsOf({ categoryBits }: PreparedLead, category: Category | null): number {
    return category === null || categoryBits === null ? 0 : categoryBits[category]
  }

  /** `areaBits`: what the areas say, which is the same for a whole run. Null = cannot reach what is listed. */
  function weigh(own: PreparedLead, other: Prepared, areaBits: number): Weighed | null {
    const { incident } = other
    const hours = hoursBetween(own.lead, incident.occurredAt)
    if (hours === null) return null
    const mostText = own.hasText && other.hasText ? MOST_TEXT_BITS : 0
    let bits = areaBits + timeBits(own.isOccurred, hours) + categoryBitsOf(own, incident.category)
    bits += placeBits(own.places, other.places)
    if (bits + own.mostCasualties + mostText < LISTED_FROM_BITS) return null
    bits += casualtyBits(own.lead, incident)
    if (bits + mostText < LISTED_FROM_BITS) return null
    const vector = own.hasText ? space.vectorAt(other.position) : null
    const cosine = vector === null ? null : space.cosineWith(vector)
    if (cosine !== null) bits += textBits(cosine)
    return { id: incident.id, bits, reasons: () => reasonsOf(own, other, hours, cosine) }
  }

  /** The time in which an incident of a kind, of no area and no place of the lead's, can still be listed; null = at no time. */
  function narrowOf(own: PreparedLead, { category, hasPlace, hasText }: Kind): Span | null {
    const place = hasPlace && own.places.length > 0 ? PLACE_BITS.apart : 0
    const text = own.hasText && hasText ? MOST_TEXT_BITS : 0
    const rest = own.apartBits + place + categoryBitsOf(own, category) + own.mostCasualties + text
    return spanOfBits(own.isOccurred, LISTED_FROM_BITS - rest)
  }

  /** Every incident that can be listed, once, with what the areas say of it. */
  function visit(own: PreparedLead, see: (other: Prepared, areaBits: number) => void): void {
    const whole = windowOf(own)
    looks += 1
    const look = (run: Run, span: Span, bits: number): void =>
      within(run, own.at, span, (one) => {
        if (one.seenBy === looks) return
        one.seenBy = looks
        see(one, bits)
      })
    // The rarest area in common counts.
    for (const [area, share] of [...own.areas].toSorted(([, a], [, b]) => a - b)) {
      look(ofArea.get(area) ?? NOBODY, whole, areaSameBits(share))
    }
    if (own.areas.size > 0) look(ofNoArea, whole, 0)
    for (const place of own.places) look(ofPlace.get(place) ?? NOBODY, whole, own.apartBits)
    for (const kind of kinds) {
      const narrow = narrowOf(own, kind)
      if (narrow !== null) look(kind, narrow, own.apartBits)
    }
  }

  function match(lead: LeadRecord): LeadMatch {
    const own = prepareLead(lead)
    const whole = windowOf(own)
    const from = firstFrom(all, own.at - whole.back * HOUR_MS)
    const windowCount = firstFrom(all, own.at + whole.on * HOUR_MS + 1) - from
    const weighed: Weighed[] = []
    visit(own, (other, areaBits) => {
      const one = weigh(own, other, areaBits)
      if (one !== null) weighed.push(one)
    })
    return judgeCandidates(lead.id, weighed, windowCount)
  }

  return { match }
}
