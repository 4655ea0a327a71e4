export interface UnitFacts {
  readonly count: number
}
