import type { WhatIfUnit } from '@zhidu/contract'
import type { Regulation } from '@zhidu/domain'
import type { WhatIfResult, WhatIfSubject } from './what-if-engine.ts'

/** To the worker. */
export type WhatIfOrder =
  | { readonly kind: 'begin'; readonly subject: WhatIfSubject }
  | { readonly kind: 'add'; readonly units: readonly WhatIfUnit[] }
  | { readonly kind: 'compare'; readonly number: number; readonly draft: Regulation }

/** From the worker: the result of one order; null = these rules could not be computed. */
export interface WhatIfReply {
  readonly number: number
  readonly result: WhatIfResult | null
}
