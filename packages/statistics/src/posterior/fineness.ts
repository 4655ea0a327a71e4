import type { GridFineness } from './theta-grid.ts'

/** For small groups under a given prior, and for pairs: ten digits. */
export const FINE: GridFineness = { nodesPerPanel: 10, panelLength: 2, depth: 28 }

/** For large groups, whose normal form is no more exact than this, and for priors that are averaged over some points. */
export const COARSE: GridFineness = { nodesPerPanel: 6, panelLength: 3, depth: 16 }
