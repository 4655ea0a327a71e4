import { describe, expect, it } from 'vitest'
import { buildFiveParts } from './five-part.ts'

const BASE = { timeliness: 30, completeness: 20, truthfulness: 20, discipline: 20, filing: 10 }

describe('buildFiveParts', () => {
  it('gives each part its maximum as width and splits it into kept and lost', () => {
    const parts = buildFiveParts(BASE, { ...BASE, timeliness: 22.5, filing: 9.5 })
    expect(parts[0]).toEqual({ dimension: 'timeliness', base: 30, kept: 22.5, lost: 7.5, keptRatio: 0.75 })
    expect(parts[4]).toMatchObject({ kept: 9.5, lost: 0.5 })
    expect(parts.slice(1, 4).every((part) => part.lost === 0 && part.keptRatio === 1)).toBe(true)
  })

  it('leaves out a dimension that the rules give no points', () => {
    expect(buildFiveParts({ ...BASE, filing: 0 }, BASE).map((part) => part.dimension)).not.toContain('filing')
  })
})
