import type { GridFineness } from './theta-grid.ts'

/** For groups worked out exactly, and pairs: ten digits and more. */
export const FINE: GridFineness = { nodesPerPanel: 8, panelLength: 2.5, depth: 25 }

/** For large groups, whose normal form is no more exact than this. */
export const COARSE: GridFineness = { nodesPerPanel: 6, panelLength: 3, depth: 16 }
