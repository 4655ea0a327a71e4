import { placeOf } from '../match-leads.ts'
import type { Gazetteer } from '../place/gazetteer.ts'
import { gradeCasualties, gradePlace, gradeText, gradeTime, hoursBetween } from '../score/grade-features.ts'
import { judgeCandidates, type LeadMatch, type Weighed } from '../score/judge-candidates.ts'
import type { IncidentRecord, LeadRecord } from '../score/record.ts'
import { claimAreas, countShares, gradeArea, gradeCategory, KINDS } from '../score/shares.ts'

/** Pairs of neighbouring letters with their weights; not of length 1. */
type Pairs = ReadonlyMap<string, number>

function listPairs(text: string): string[] {
  const runs = text.toLowerCase().split(/[^\p{L}\p{N}]/u)
  return runs.flatMap((run) => [...run].slice(1).map((letter, at) => `${[...run][at]}${letter}`))
}

function buildPairs(corpus: readonly string[]): (text: string) => Pairs {
  const texts = corpus.map((text) => new Set(listPairs(text)))
  const rarityOf = (pair: string): number =>
    Math.log((texts.length + 1) / (texts.filter((one) => one.has(pair)).length + 1)) + 1
  const rarities = new Map<string, number>()
  return (text) => {
    const times = Map.groupBy(listPairs(text), (pair) => pair)
    return new Map(
      [...times].map(([pair, { length }]) => {
        const rarity = rarities.get(pair) ?? rarityOf(pair)
        rarities.set(pair, rarity)
        return [pair, (1 + Math.log(length)) * rarity]
      }),
    )
  }
}

function cosineOf(a: Pairs, b: Pairs): number | null {
  if (a.size === 0 || b.size === 0) return null
  const sum = [...a].reduce((total, [pair, weight]) => total + weight * (b.get(pair) ?? 0), 0)
  return Math.min(1, sum / (Math.hypot(...a.values()) * Math.hypot(...b.values())))
}

/** The same as `buildLeadMatcher`, by looking at every pair in full: no index, no bound. */
export function matchExhaustively(
  leads: readonly LeadRecord[],
  incidents: readonly IncidentRecord[],
  gazetteer: Gazetteer,
): LeadMatch[] {
  const textOf = ({ place, text }: { place: string | null; text: string | null }): string | null =>
    text === null ? null : gazetteer.withoutNames(`${place ?? ''} ${text}`)
  const pairsOf = buildPairs(incidents.flatMap((one) => textOf(one) ?? []))
  const wheres = incidents.map((one) => placeOf(gazetteer, one))
  const areas = countShares(
    wheres.map((where) => where.areas),
    KINDS.area,
  )
  const categories = countShares(
    incidents.map(({ category }) => (category === null ? [] : [category])),
    KINDS.category,
  )
  return leads.map((lead) => {
    const where = placeOf(gazetteer, { ...lead, unitCodes: lead.unitCode === null ? [] : [lead.unitCode] })
    const claims = claimAreas(where.areas, areas, (unitCode) => gazetteer.areasOf(unitCode))
    const own = pairsOf(textOf(lead) ?? '')
    const near = incidents.flatMap((incident, at) => {
      const hours = hoursBetween(lead, incident.occurredAt)
      return hours === null ? [] : [{ incident, hours, where: wheres[at] ?? { areas: [], places: [] } }]
    })
    const weighed = near.map(({ hours, incident, where: theirs }): Weighed => {
      const text = textOf(incident)
      const cosine = text === null ? null : cosineOf(own, pairsOf(text))
      const reasons = [
        { feature: 'area' as const, ...gradeArea(claims, theirs.areas) },
        { feature: 'place' as const, ...gradePlace(where.places, theirs.places) },
        { feature: 'time' as const, ...gradeTime(lead.occurredAt !== null, hours) },
        { feature: 'category' as const, ...gradeCategory(lead.category, incident.category, categories) },
        { feature: 'casualties' as const, ...gradeCasualties(lead, incident) },
        { feature: 'text' as const, ...gradeText(cosine) },
      ]
      return { id: incident.id, bits: reasons.reduce((sum, { bits }) => sum + bits, 0), reasons: () => reasons }
    })
    return judgeCandidates(lead.id, weighed, near.length)
  })
}
