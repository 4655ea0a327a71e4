import type { Category, Level } from '@zhidu/domain'

/** What is seen outside, as far as it says. Times: epoch ms; null = not said. */
export interface LeadRecord {
  readonly id: string
  readonly seenAt: number
  readonly occurredAt: number | null
  /** Whose it is said to be. */
  readonly unitCode: string | null
  readonly place: string | null
  readonly category: Category | null
  readonly text: string
  readonly deaths: number | null
  readonly injuries: number | null
}

/** An event as its reports tell it; several units may have reported it. */
export interface IncidentRecord {
  readonly id: string
  readonly unitCodes: readonly string[]
  readonly occurredAt: number
  readonly category: Category | null
  readonly level: Level | null
  readonly place: string | null
  /** null = the reports have no text. */
  readonly text: string | null
  readonly deaths: number | null
  readonly injuries: number | null
}

export const FEATURES = ['area', 'place', 'time', 'category', 'casualties', 'text'] as const
export type Feature = (typeof FEATURES)[number]

/** What one feature says of a pair. `bits`: log2 of how much likelier it is of the same event than of two; 0 = says nothing. */
export interface FeatureReason {
  readonly feature: Feature
  /** Which grade of agreement it is; `none` = one of the two does not say. */
  readonly grade: Grade
  readonly bits: number
  /** Hours between them, persons apart, or how alike the texts are (0..1), whichever the feature is; null = none of it. */
  readonly distance: number | null
}

/** From the same to the contrary, and not said. */
export const GRADES = ['same', 'close', 'near', 'weak', 'apart', 'far', 'none'] as const
export type Grade = (typeof GRADES)[number]
