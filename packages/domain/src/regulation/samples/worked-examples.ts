import { ANHUI_EXAMPLES } from './examples/anhui-examples.ts'
import { BAOJI_EXAMPLES } from './examples/baoji-examples.ts'
import type { WorkedExample } from './examples/example-facts.ts'
import { HUNAN_EXAMPLES } from './examples/hunan-examples.ts'
import { MEIZHOU_EXAMPLES } from './examples/meizhou-examples.ts'
import { SAMPLE_EXAMPLES } from './examples/sample-examples.ts'

export type { InBothLanguages, WorkedExample } from './examples/example-facts.ts'

/** Worked by hand from the published figures, two or more for every sample, in their order. Cards: docs/regulations/ */
export const WORKED_EXAMPLES: readonly WorkedExample[] = [
  ...SAMPLE_EXAMPLES,
  ...BAOJI_EXAMPLES,
  ...HUNAN_EXAMPLES,
  ...MEIZHOU_EXAMPLES,
  ...ANHUI_EXAMPLES,
]
