import { gaussLegendre } from '../special/gauss-legendre.ts'

/** Beta(a, b), the posterior of a share. */
export interface BetaShape {
  readonly a: number
  readonly b: number
}

/** Nodes over logit θ, panel by panel; each panel has the same number of nodes. */
export interface ThetaGrid {
  readonly nodesPerPanel: number
  readonly logX: Float64Array
  readonly logY: Float64Array
  /** Of the integral over logit θ. */
  readonly weights: Float64Array
  /** logit θ at both ends of each panel. */
  readonly starts: Float64Array
  readonly ends: Float64Array
  /** Row i: weights of the integral from a panel's start to its i-th node, over a panel of length 2. */
  readonly cumulative: Float64Array
}

export interface GridFineness {
  readonly nodesPerPanel: number
  /** Length of a panel in standard deviations of the narrowest density there. */
  readonly panelLength: number
  /** ln of how far below its top a density is left out. */
  readonly depth: number
}

/** Beyond this logit the rest of a density is counted at the last node. */
const END = 300

/** Where ln density, a z − (a + b) ln(1 + e^z), has fallen by `depth` to the one side; concave, so Newton's steps end there. */
function edge({ a, b }: BetaShape, depth: number, side: -1 | 1): number {
  const middle = Math.log(a / b)
  const value = (z: number): number => -a * Math.log1p(Math.exp(-z)) - b * Math.log1p(Math.exp(z))
  const floor = value(middle) - depth
  let z = middle + side * Math.sqrt(2 * depth * (1 / a + 1 / b))
  for (let step = 0; step < 40; step += 1) {
    if (Math.abs(z) >= END) return side * END
    const slope = a / (1 + Math.exp(z)) - b / (1 + Math.exp(-z))
    const move = (floor - value(z)) / slope
    z += move
    if (Math.abs(move) < 1e-3 * Math.abs(z - middle)) break
  }
  return Math.min(END, Math.max(-END, z))
}

/** A density's place on the grid. */
export interface Reach {
  readonly low: number
  readonly high: number
  readonly spread: number
}

export function toReach(shape: BetaShape, depth: number): Reach {
  const spread = Math.sqrt(1 / shape.a + 1 / shape.b)
  const middle = Math.min(END - spread, Math.max(spread - END, Math.log(shape.a / shape.b)))
  const low = Math.min(edge(shape, depth, -1), middle - spread)
  return { low, high: Math.max(edge(shape, depth, 1), middle + spread), spread }
}

function split(from: number, to: number, reaches: readonly Reach[], length: number, panels: [number, number][]): void {
  const here = reaches.filter(({ high, low }) => low < to && high > from)
  if (here.length === 0) return
  const narrowest = here.reduce((least, { spread }) => Math.min(least, spread), Infinity)
  if (to - from <= length * narrowest) {
    panels.push([from, to])
    return
  }
  const middle = (from + to) / 2
  split(from, middle, here, length, panels)
  split(middle, to, here, length, panels)
}

/** ∫ from −1 to node i of the polynomial through all nodes, by Legendre polynomials: ∫ Pₙ = (Pₙ₊₁ − Pₙ₋₁) / (2n + 1). */
function makeCumulative(nodes: Float64Array, weights: Float64Array): Float64Array {
  const count = nodes.length
  const legendre = (x: number): number[] => {
    const values = [1, x]
    for (let n = 1; n <= count; n += 1) {
      values.push(((2 * n + 1) * x * (values[n] ?? 0) - n * (values[n - 1] ?? 0)) / (n + 1))
    }
    return values
  }
  const table = Array.from(nodes, legendre)
  const matrix = new Float64Array(count * count)
  for (let i = 0; i < count; i += 1) {
    for (let j = 0; j < count; j += 1) {
      let sum = ((nodes[i] ?? 0) + 1) / 2
      for (let n = 1; n < count; n += 1) {
        sum += ((table[j]?.[n] ?? 0) * ((table[i]?.[n + 1] ?? 0) - (table[i]?.[n - 1] ?? 0))) / 2
      }
      matrix[i * count + j] = sum * (weights[j] ?? 0)
    }
  }
  return matrix
}

/** Panels fine enough for every one of the densities wherever it lives; where none lives there are none. */
export function makePanels(reaches: readonly Reach[], panelLength: number): [number, number][] {
  const low = reaches.reduce((least, reach) => Math.min(least, reach.low), Infinity)
  const high = reaches.reduce((most, reach) => Math.max(most, reach.high), -Infinity)
  const panels: [number, number][] = []
  split(low, high, reaches, panelLength, panels)
  return panels
}

export function makeThetaGrid(panels: readonly (readonly [number, number])[], nodesPerPanel: number): ThetaGrid {
  const rule = gaussLegendre(nodesPerPanel)
  const size = panels.length * nodesPerPanel
  const logX = new Float64Array(size)
  const logY = new Float64Array(size)
  const weights = new Float64Array(size)
  for (const [panel, [from, to]] of panels.entries()) {
    for (let i = 0; i < nodesPerPanel; i += 1) {
      const z = (from + to) / 2 + ((to - from) / 2) * (rule.nodes[i] ?? 0)
      const at = panel * nodesPerPanel + i
      logX[at] = z > 0 ? -Math.log1p(Math.exp(-z)) : z - Math.log1p(Math.exp(z))
      logY[at] = z > 0 ? -z - Math.log1p(Math.exp(-z)) : -Math.log1p(Math.exp(z))
      weights[at] = ((to - from) / 2) * (rule.weights[i] ?? 0)
    }
  }
  return {
    nodesPerPanel,
    logX,
    logY,
    weights,
    starts: Float64Array.from(panels, ([from]) => from),
    ends: Float64Array.from(panels, ([, to]) => to),
    cumulative: makeCumulative(rule.nodes, rule.weights),
  }
}
