import { createQuarterWork, type QuarterWork } from '@zhidu/services'
import type { ApiOptions } from './context.ts'

const works = new WeakMap<ApiOptions, QuarterWork>()

/** The long work on quarters of one process. */
export function quarterWorkOf(options: ApiOptions): QuarterWork {
  const work = works.get(options) ?? createQuarterWork({ programVersion: options.version })
  works.set(options, work)
  return work
}
