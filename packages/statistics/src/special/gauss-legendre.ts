/** Nodes on [−1, 1], ascending, and their weights. */
export interface Quadrature {
  readonly nodes: Float64Array
  readonly weights: Float64Array
}

/** Gauss–Legendre quadrature with `count` nodes: exact up to degree 2 count − 1. Roots of P_count by Newton's method, DLMF 3.5(v). */
export function gaussLegendre(count: number): Quadrature {
  const nodes = new Float64Array(count)
  const weights = new Float64Array(count)
  for (let i = 0; i < count; i += 1) {
    let x = -Math.cos((Math.PI * (i + 0.75)) / (count + 0.5))
    let slope = 1
    for (let step = 0; step < 50; step += 1) {
      let [previous, value] = [0, 1]
      for (let degree = 1; degree <= count; degree += 1) {
        const next = ((2 * degree - 1) * x * value - (degree - 1) * previous) / degree
        previous = value
        value = next
      }
      slope = (count * (x * value - previous)) / (x * x - 1)
      const correction = value / slope
      x -= correction
      if (Math.abs(correction) < 1e-15) break
    }
    nodes[i] = x
    weights[i] = 2 / ((1 - x * x) * slope * slope)
  }
  return { nodes, weights }
}
