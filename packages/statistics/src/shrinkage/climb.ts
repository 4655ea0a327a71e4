export type Surface = (u: number, v: number) => number

/** The top of a surface and its second derivatives there. */
export interface Summit {
  readonly u: number
  readonly v: number
  readonly uu: number
  readonly uv: number
  readonly vv: number
}

const H = 1e-3

function bend(surface: Surface, u: number, v: number): Summit & { readonly gu: number; readonly gv: number } {
  const here = surface(u, v)
  const [east, west] = [surface(u + H, v), surface(u - H, v)]
  const [north, south] = [surface(u, v + H), surface(u, v - H)]
  const across = surface(u + H, v + H) - surface(u + H, v - H) - surface(u - H, v + H) + surface(u - H, v - H)
  return {
    u,
    v,
    gu: (east - west) / (2 * H),
    gv: (north - south) / (2 * H),
    uu: (east - 2 * here + west) / (H * H),
    vv: (north - 2 * here + south) / (H * H),
    uv: across / (4 * H * H),
  }
}

/** Newton's method by differences; where the surface is not concave, uphill along each axis. Steps are halved until they climb. */
export function climb(surface: Surface, from: { readonly u: number; readonly v: number }): Summit {
  let { u, v } = from
  for (let step = 0; step < 60; step += 1) {
    const { gu, gv, uu, uv, vv } = bend(surface, u, v)
    const determinant = uu * vv - uv * uv
    const isConcave = uu < 0 && determinant > 0
    let du = isConcave ? (uv * gv - vv * gu) / determinant : gu / Math.max(1, Math.abs(uu))
    let dv = isConcave ? (uv * gu - uu * gv) / determinant : gv / Math.max(1, Math.abs(vv))
    const length = Math.hypot(du, dv)
    if (length > 2) [du, dv] = [(2 * du) / length, (2 * dv) / length]
    const here = surface(u, v)
    for (let half = 0; half < 30 && surface(u + du, v + dv) < here; half += 1) [du, dv] = [du / 2, dv / 2]
    if (surface(u + du, v + dv) < here) break
    ;[u, v] = [u + du, v + dv]
    if (Math.hypot(du, dv) < 1e-5) break
  }
  return bend(surface, u, v)
}
