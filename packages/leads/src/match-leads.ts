import { CATEGORIES, type Category, HOUR_MS } from '@zhidu/domain'
import type { Gazetteer } from './place/gazetteer.ts'
import {
  casualtyBits,
  gradeCasualties,
  gradePlace,
  gradeText,
  gradeTime,
  hoursBetween,
  MOST_CASUALTY_BITS,
  MOST_PLACE_BITS,
  MOST_TEXT_BITS,
  placeBits,
  spanOfBits,
  textBits,
  timeBits,
} from './score/grade-features.ts'
import { judgeCandidates, type LeadMatch, type Weighed } from './score/judge-candidates.ts'
import type { FeatureReason, IncidentRecord, LeadRecord } from './score/record.ts'
import { areaApartBits, countShares, gradeArea, gradeCategory } from './score/shares.ts'
import { LISTED_FROM_BITS, OCCURRED_HOURS, SEEN_HOURS } from './score/weights.ts'
import { buildTextSpace, cosineOf, type TextVector } from './text/bigrams.ts'

/** An incident with what is read out of it once. */
interface Prepared {
  readonly incident: IncidentRecord
  readonly areas: readonly string[]
  readonly places: readonly string[]
  readonly vector: TextVector | null
}

interface PreparedLead {
  readonly lead: LeadRecord
  readonly areas: readonly string[]
  readonly places: readonly string[]
  readonly vector: TextVector | null
  readonly isOccurred: boolean
  /** What each class of an incident says; null = the lead names none. */
  readonly categoryBits: Readonly<Record<Category, number>> | null
  /** The time that is compared. */
  readonly at: number
}

/** In the order of time. */
type Run = readonly Prepared[]

/** Areas and places that a text and a unit's area say together. */
export function placeOf(
  gazetteer: Gazetteer,
  about: { readonly unitCodes: readonly string[]; readonly place: string | null; readonly text: string | null },
): { readonly areas: string[]; readonly places: string[] } {
  const named = about.place === null ? null : gazetteer.find(about.place)
  const told = about.text === null ? null : gazetteer.find(about.text)
  // What stands in the field of the place is meant; a text may name others besides.
  const places = named !== null && named.places.length > 0 ? named.places : (told?.places ?? [])
  const byPlace = named !== null && named.areas.length > 0 ? named.areas : (told?.areas ?? [])
  const byUnit = about.unitCodes.flatMap((unitCode) => gazetteer.areasOf(unitCode))
  const above = byPlace.flatMap((unitCode) => gazetteer.areasOf(unitCode))
  return { areas: [...new Set([...byUnit, ...above])].toSorted(), places: [...places] }
}

/** First of the run at or after an instant. */
function firstFrom(run: Run, from: number): number {
  let [low, high] = [0, run.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((run[middle]?.incident.occurredAt ?? 0) < from) low = middle + 1
    else high = middle
  }
  return low
}

const joinText = (place: string | null, text: string | null): string | null =>
  text === null ? null : `${place ?? ''} ${text}`

/** Reports that leads are matched against, again and again. */
export interface LeadMatcher {
  match(lead: LeadRecord): LeadMatch
}

/**
 * Prepares incidents for matching. What is listed of a lead is exactly what comparing it with every incident would list: pairs are
 * left out only where the features not yet looked at could not bring them to LISTED_FROM_BITS.
 */
export function buildLeadMatcher(incidents: readonly IncidentRecord[], gazetteer: Gazetteer): LeadMatcher {
  const space = buildTextSpace(
    incidents.flatMap(({ place, text }) => {
      const whole = joinText(place, text)
      return whole === null ? [] : [whole]
    }),
  )
  const all: Run = incidents
    .map((incident): Prepared => {
      const text = joinText(incident.place, incident.text)
      return { incident, ...placeOf(gazetteer, incident), vector: text === null ? null : space.vectorOf(text) }
    })
    .toSorted((a, b) => a.incident.occurredAt - b.incident.occurredAt)
  const areaShares = countShares(all.map(({ areas }) => areas))
  const categoryShares = countShares(
    all.map(({ incident }) => (incident.category === null ? [] : [incident.category])),
  )
  const ofNoArea = all.filter(({ areas }) => areas.length === 0)
  const ofArea = new Map<string, Prepared[]>()
  for (const one of all) {
    for (const area of one.areas) {
      const run = ofArea.get(area)
      if (run === undefined) ofArea.set(area, [one])
      else run.push(one)
    }
  }

  function weighCategories(own: Category): Record<Category, number> {
    const pairs = CATEGORIES.map((theirs) => [theirs, gradeCategory(own, theirs, categoryShares).bits])
    // Safe: one for each of CATEGORIES.
    return Object.fromEntries(pairs) as Record<Category, number>
  }

  function prepareLead(lead: LeadRecord): PreparedLead {
    const { occurredAt, place, seenAt, text, unitCode } = lead
    const where = placeOf(gazetteer, { unitCodes: unitCode === null ? [] : [unitCode], place, text })
    const vector = space.vectorOf(joinText(place, text) ?? '')
    return {
      lead,
      ...where,
      vector: vector.terms.length === 0 ? null : vector,
      isOccurred: occurredAt !== null,
      categoryBits: lead.category === null ? null : weighCategories(lead.category),
      at: occurredAt ?? seenAt,
    }
  }

  function windowOf({ isOccurred }: PreparedLead): { readonly back: number; readonly on: number } {
    return isOccurred
      ? { back: OCCURRED_HOURS, on: OCCURRED_HOURS }
      : { back: SEEN_HOURS.after, on: SEEN_HOURS.before }
  }

  function reasonsOf(own: PreparedLead, other: Prepared, hours: number): FeatureReason[] {
    const { incident } = other
    const cosine = own.vector === null || other.vector === null ? null : cosineOf(own.vector, other.vector)
    return [
      { feature: 'area', ...gradeArea(own.areas, other.areas, areaShares) },
      { feature: 'place', ...gradePlace(own.places, other.places) },
      { feature: 'time', ...gradeTime(own.isOccurred, hours) },
      { feature: 'category', ...gradeCategory(own.lead.category, incident.category, categoryShares) },
      { feature: 'casualties', ...gradeCasualties(own.lead, incident) },
      { feature: 'text', ...gradeText(cosine) },
    ]
  }

  /** `areaBits`: what the areas say, which is the same for a whole run. Null = cannot reach what is listed. */
  function weigh(own: PreparedLead, other: Prepared, areaBits: number): Weighed | null {
    const { incident } = other
    const hours = hoursBetween(own.lead, incident.occurredAt)
    if (hours === null) return null
    const { category } = incident
    const ofCategory = category === null || own.categoryBits === null ? 0 : own.categoryBits[category]
    const mostText = own.vector !== null && other.vector !== null ? MOST_TEXT_BITS : 0
    let bits = areaBits + timeBits(own.isOccurred, hours) + ofCategory
    if (bits + MOST_CASUALTY_BITS + MOST_PLACE_BITS + mostText < LISTED_FROM_BITS) return null
    bits += placeBits(own.places, other.places) + casualtyBits(own.lead, incident)
    if (bits + mostText < LISTED_FROM_BITS) return null
    if (own.vector !== null && other.vector !== null) bits += textBits(cosineOf(own.vector, other.vector))
    return { id: incident.id, bits, reasons: () => reasonsOf(own, other, hours) }
  }

  function* within(run: Run, at: number, { back, on }: { readonly back: number; readonly on: number }) {
    const until = at + on * HOUR_MS
    for (let next = firstFrom(run, at - back * HOUR_MS); next < run.length; next += 1) {
      const one = run[next]
      if (one === undefined || one.incident.occurredAt > until) return
      yield one
    }
  }

  /** The time in which an incident of another area can still be listed. */
  function narrowOf(own: PreparedLead, apart: number) {
    const rest = MOST_CASUALTY_BITS + MOST_PLACE_BITS + (own.vector === null ? 0 : MOST_TEXT_BITS)
    const category = own.categoryBits === null ? 0 : Math.max(0, ...Object.values(own.categoryBits))
    return spanOfBits(own.isOccurred, LISTED_FROM_BITS - apart - category - rest)
  }

  /** Every incident that can be listed, once, with what the areas say of it. */
  function visit(own: PreparedLead, see: (other: Prepared, areaBits: number) => void): void {
    const whole = windowOf(own)
    if (own.areas.length === 0) {
      for (const one of within(all, own.at, whole)) see(one, 0)
      return
    }
    const seen = new Set<Prepared>()
    // The rarest area in common counts.
    for (const area of own.areas.toSorted((a, b) => areaShares.of(a) - areaShares.of(b))) {
      const { bits } = gradeArea([area], [area], areaShares)
      for (const one of within(ofArea.get(area) ?? [], own.at, whole)) {
        if (seen.has(one)) continue
        seen.add(one)
        see(one, bits)
      }
    }
    for (const one of within(ofNoArea, own.at, whole)) see(one, 0)
    const apart = areaApartBits(own.areas, areaShares)
    const narrow = narrowOf(own, apart)
    if (narrow === null) return
    for (const one of within(all, own.at, narrow)) if (one.areas.length > 0 && !seen.has(one)) see(one, apart)
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
