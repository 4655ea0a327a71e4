import type { CheckMethod } from '@zhidu/domain'

/** Ways to check a unit, the quickest first. */
export const METHODS_OFFERED: readonly CheckMethod[] = ['phone', 'video', 'onsite']
