import {
  comparePair,
  type Indicator,
  type PairComparison,
  type PartPoints,
  type Ratio,
  type Sensitivity,
  type SensitivityInput,
  type Funnel,
  tabulateFunnel,
  tabulateSensitivity,
  tabulateTrend,
  type Trend,
  type TrendInput,
} from '@zhidu/domain'

/** What can be computed beside the page, and what comes of it. */
export interface Computing {
  readonly funnel: {
    readonly order: { readonly units: readonly Ratio[]; readonly groupShare?: number | null | undefined }
    readonly result: Funnel
  }
  readonly trend: { readonly order: readonly TrendInput[]; readonly result: Trend }
  readonly compare: {
    readonly order: {
      readonly first: number
      readonly second: number
      readonly groups: readonly { readonly indicator: Indicator; readonly units: readonly Ratio[] }[]
    }
    readonly result: readonly { readonly indicator: Indicator; readonly pair: PairComparison }[]
  }
  readonly sensitivity: {
    readonly order: { readonly units: readonly SensitivityInput[]; readonly base: PartPoints }
    readonly result: Sensitivity | null
  }
}
export type ComputingKind = keyof Computing

type Computers = { readonly [K in ComputingKind]: (order: Computing[K]['order']) => Computing[K]['result'] }

const COMPUTERS: Computers = {
  funnel: ({ groupShare, units }) => tabulateFunnel(units, { groupShare }),
  trend: tabulateTrend,
  compare: ({ first, groups, second }) =>
    groups.map(({ indicator, units }) => ({ indicator, pair: comparePair(units, first, second) })),
  sensitivity: ({ base, units }) => tabulateSensitivity(units, base),
}

/** To the worker. */
export interface Order {
  readonly number: number
  readonly kind: ComputingKind
  readonly body: unknown
}

/** From the worker; `isFailed` = it could not be computed. */
export interface Reply {
  readonly number: number
  readonly isFailed: boolean
  readonly result: unknown
}

export function answerOrder({ body, kind, number }: Order): Reply {
  try {
    // Safe: body and kind were put together by `useComputed`, which types them.
    const compute = COMPUTERS[kind] as (order: unknown) => unknown
    return { number, isFailed: false, result: compute(body) }
  } catch {
    return { number, isFailed: true, result: null }
  }
}
