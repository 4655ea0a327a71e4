import { makeLabelledLeads } from '@zhidu/synthetic'
import { buildLeadMatcher } from '../match-leads.ts'
import { buildGazetteer } from '../place/gazetteer.ts'
import type { MatchQuality } from '../quality.ts'

/** A city over a year, as an office has it. */
const SIZE = { incidentCount: 3_000, leadCount: 1_000, days: 365, from: Date.parse('2026-01-01T00:00:00+08:00') }

/** Counts what is proposed and what is right of it, on labelled sets that the weights were not tuned on. */
export function measureQuality(seeds: readonly string[]): MatchQuality {
  const counts = { seeds, leads: 0, told: 0, proposed: 0, right: 0 }
  for (const seed of seeds) {
    const { incidents, leads, places, truth, units } = makeLabelledLeads({ seed, ...SIZE })
    const matcher = buildLeadMatcher(incidents, buildGazetteer(units, places))
    for (const lead of leads) {
      const eventId = truth.get(lead.id)?.eventId ?? null
      const { proposed } = matcher.match(lead)
      counts.leads += 1
      if (eventId !== null) counts.told += 1
      if (proposed !== null) counts.proposed += 1
      if (proposed !== null && proposed.id === eventId) counts.right += 1
    }
  }
  return counts
}
