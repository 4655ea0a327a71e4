import { ImportCommitInput, ImportHistory, ImportJob, ImportJobInput } from '@zhidu/contract'
import { listImports } from '@zhidu/services'
import { procedureFor, router } from '../trpc.ts'

const importing = procedureFor(['facts.import', 'units.write'])

export const importRouter = router({
  job: importing
    .input(ImportJobInput)
    .output(ImportJob)
    .query(({ ctx, input }) => ctx.options.importJobs.get(ctx.service, input.importId, ctx.language)),
  commit: importing
    .input(ImportCommitInput)
    .output(ImportJob)
    .mutation(({ ctx, input }) =>
      ctx.options.importJobs.commit(ctx.service, input.importId, {
        acceptValid: input.acceptValid,
        language: ctx.language,
      }),
    ),
  cancel: importing
    .input(ImportJobInput)
    .output(ImportJob)
    .mutation(({ ctx, input }) => ctx.options.importJobs.cancel(ctx.service, input.importId, ctx.language)),
  history: importing.output(ImportHistory).query(({ ctx }) => listImports(ctx.service)),
})
