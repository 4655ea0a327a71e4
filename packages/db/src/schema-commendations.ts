import type { Certainty, Hundredths, ListBarrier, ListKind, ListStepKind, Quarter } from '@zhidu/domain'
import type { InstantColumn } from './schema-columns.ts'

/** What an office did about whom it praises and criticises in a quarter and group. */
export interface CommendationStepTable {
  unit_code: string // the office
  quarter: Quarter
  peer_group: string
  position: number // from 0, without a gap
  kind: ListStepKind
  at: InstantColumn
  by_name: string
  by_id: string // uuid of the account
  note: string | null
  frozen_version: number | null // of the figures it went by; NULL = of a quarter not frozen
  as_of: InstantColumn
  name_count: number // of a decision: how many rows of `commendation_list` it has
}

/** One unit named or left out by a decision, with what was known of it then. */
export interface CommendationListTable {
  unit_code: string // the office
  quarter: Quarter
  peer_group: string
  position: number // of the step that decided
  kind: ListKind
  named_code: string
  name: string
  rank: number
  score: Hundredths
  probability: number // 0 to 1, of truly belonging to that quarter of the table
  certainty: Certainty
  barrier: ListBarrier | null // the rule that kept it off the proposal
  is_proposed: boolean
  is_named: boolean // false = proposed, and left out
  reason: string | null
}

export interface CommendationsSchema {
  commendation_step: CommendationStepTable
  commendation_list: CommendationListTable
}
