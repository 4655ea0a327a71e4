export { buildLeadMatcher, type LeadMatcher } from './match-leads.ts'
export { type AreaUnit, buildGazetteer, type Gazetteer, type Place, type Whereabouts } from './place/gazetteer.ts'
export type { Candidate, LeadMatch } from './score/judge-candidates.ts'
export {
  type Feature,
  type FeatureReason,
  FEATURES,
  type Grade,
  GRADES,
  type IncidentRecord,
  type LeadRecord,
} from './score/record.ts'
export { LISTED_FROM_BITS, PRIOR_SHARE, PROPOSED_FROM } from './score/weights.ts'
export { HELD_OUT_SEEDS, type MatchQuality, MEASURED_QUALITY } from './quality.ts'
export { type ReadLead, readLead, readLeadLines } from './read/read-lead-lines.ts'
