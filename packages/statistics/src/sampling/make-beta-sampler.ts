import type { Random } from '../random/random.ts'

const PER_UINT32 = 2 ** -32

/** Standard normals two by two from the polar method, uniforms of 32 bits. */
function makeNormals(random: Random): () => number {
  let spare = Number.NaN
  return () => {
    if (spare === spare) {
      const normal = spare
      spare = Number.NaN
      return normal
    }
    for (;;) {
      const x = 2 * (random.uint32() + 0.5) * PER_UINT32 - 1
      const y = 2 * (random.uint32() + 0.5) * PER_UINT32 - 1
      const square = x * x + y * y
      if (square >= 1) continue
      const scale = Math.sqrt((-2 * Math.log(square)) / square)
      spare = y * scale
      return x * scale
    }
  }
}

/**
 * `sampleBeta` for millions of draws: the same distribution to 32 bits, another stream. It keeps a spare normal, so that one sampler
 * belongs to one `random`. Shapes > 0, unchecked.
 * Source of the squeeze: as `sampleGamma`.
 */
export function makeBetaSampler(random: Random): (a: number, b: number) => number {
  const normal = makeNormals(random)
  const gammaFromOne = (shape: number): number => {
    const d = shape - 1 / 3
    const c = 1 / (3 * Math.sqrt(d))
    for (;;) {
      const x = normal()
      const root = 1 + c * x
      if (root <= 0) continue
      const cube = root * root * root
      const uniform = (random.uint32() + 0.5) * PER_UINT32
      const square = x * x
      if (uniform < 1 - 0.0331 * square * square) return d * cube
      if (Math.log(uniform) < 0.5 * square + d * (1 - cube + Math.log(cube))) return d * cube
    }
  }
  const gamma = (shape: number): number => {
    if (shape >= 1) return gammaFromOne(shape)
    const uniform = (random.uint32() + 0.5) * PER_UINT32
    return gammaFromOne(shape + 1) * Math.exp(Math.log(uniform) / shape)
  }
  return (a, b) => {
    const x = gamma(a)
    const y = gamma(b)
    // Both underflow to 0 for tiny shapes; then the mass sits at the ends, in the proportion a : b.
    return x + y > 0 ? x / (x + y) : Number(random.uint32() * PER_UINT32 * (a + b) < a)
  }
}
