import { placeOf } from '../match-leads.ts'
import type { Gazetteer } from '../place/gazetteer.ts'
import { gradeCasualties, gradePlace, gradeText, gradeTime, hoursBetween } from '../score/grade-features.ts'
import { judgeCandidates, type LeadMatch, type Weighed } from '../score/judge-candidates.ts'
import type { IncidentRecord, LeadRecord } from '../score/record.ts'
import { countShares, gradeArea, gradeCategory, KINDS } from '../score/shares.ts'
import { buildTextSpace, cosineOf } from '../text/bigrams.ts'

/** The same as `buildLeadMatcher`, by looking at every pair in full: no index, no bound. */
export function matchExhaustively(
  leads: readonly LeadRecord[],
  incidents: readonly IncidentRecord[],
  gazetteer: Gazetteer,
): LeadMatch[] {
  const textOf = ({ place, text }: { place: string | null; text: string | null }): string | null =>
    text === null ? null : `${place ?? ''} ${text}`
  const space = buildTextSpace(incidents.flatMap((one) => textOf(one) ?? []))
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
    const own = space.vectorOf(textOf(lead) ?? '')
    const near = incidents.flatMap((incident, at) => {
      const hours = hoursBetween(lead, incident.occurredAt)
      return hours === null ? [] : [{ incident, hours, where: wheres[at] ?? { areas: [], places: [] } }]
    })
    const weighed = near.map(({ hours, incident, where: theirs }): Weighed => {
      const text = textOf(incident)
      const cosine = text === null || own.terms.length === 0 ? null : cosineOf(own, space.vectorOf(text))
      const reasons = [
        { feature: 'area' as const, ...gradeArea(where.areas, theirs.areas, areas) },
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
