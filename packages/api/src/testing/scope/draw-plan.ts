/** A plan that the worlds can draw by. */
export const PLAN = {
  title: '夜间抽查',
  isNight: true,
  everyUnitWithinQuarters: null,
  mostPerMonth: null,
  mostNightPerQuarter: null,
  mostPerInspector: null,
  strata: [{ group: '县组', size: 2, substitutes: 1 }],
  weights: [],
  exclusions: [],
  inspectors: [],
} as const
