import type {
  QuarterFreezeInput,
  QuarterProgress,
  QuarterReport,
  QuarterSupplementInput,
  QuarterVersionInput,
} from '@zhidu/contract'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import { checkQuarter } from './check-quarter.ts'
import { freezeQuarter } from './freeze-quarter.ts'

type Progress = NonNullable<QuarterProgress>
type Step = Pick<Progress, 'phase' | 'done' | 'total'>

/** Long work on quarters that people begin on the page: one at a time for each, with its progress to be asked for. */
export interface QuarterWork {
  freeze(ctx: ServiceContext, input: QuarterFreezeInput, signal: AbortSignal | undefined): Promise<QuarterReport>
  supplement(
    ctx: ServiceContext,
    input: QuarterSupplementInput,
    signal: AbortSignal | undefined,
  ): Promise<QuarterReport>
  /** Compares what is stored with its manifest, and computes the results again. */
  verify(ctx: ServiceContext, input: QuarterVersionInput, signal: AbortSignal | undefined): Promise<QuarterReport>
  progress(ctx: ServiceContext): QuarterProgress
}

function ownerOf({ actor }: ServiceContext): string {
  return actor.kind === 'account' ? actor.accountId : actor.kind
}

export function createQuarterWork(program: { readonly programVersion: string }): QuarterWork {
  const running = new Map<string, Progress>()

  async function run<T>(
    ctx: ServiceContext,
    begun: Pick<Progress, 'quarter' | 'work'>,
    work: (onProgress: (step: Step) => void) => Promise<T>,
  ): Promise<T> {
    const owner = ownerOf(ctx)
    if (running.has(owner)) throw new ServiceError('conflict', 'quarter_work_running')
    running.set(owner, { ...begun, phase: 'waiting', done: 0, total: 0 })
    try {
      return await work((step) => running.set(owner, { ...begun, ...step }))
    } finally {
      running.delete(owner)
    }
  }

  function assertConfirmed({ confirm, quarter }: QuarterFreezeInput): void {
    if (confirm.trim().toUpperCase() !== quarter)
      throw new ServiceError('invalid', 'quarter_not_confirmed', { quarter })
  }

  return {
    freeze: async (ctx, input, signal) => {
      assertConfirmed(input)
      const { asOf, quarter } = input
      return await run(ctx, { quarter, work: 'freeze' }, (onProgress) =>
        freezeQuarter(ctx, { quarter, asOf, supplement: null, ...program, onProgress, signal }),
      )
    },
    supplement: async (ctx, input, signal) => {
      assertConfirmed(input)
      const { asOf, quarter, reason } = input
      return await run(ctx, { quarter, work: 'supplement' }, (onProgress) =>
        freezeQuarter(ctx, { quarter, asOf, supplement: { reason }, ...program, onProgress, signal }),
      )
    },
    verify: async (ctx, input, signal) =>
      await run(ctx, { quarter: input.quarter, work: 'verify' }, (onProgress) =>
        checkQuarter(ctx, { ...input, recomputes: true, onProgress, signal }),
      ),
    progress: (ctx) => running.get(ownerOf(ctx)) ?? null,
  }
}
