import { ImportCommitInput, ImportHistory, ImportJob, ImportJobInput } from '@zhidu/contract'
import { listImports } from '@zhidu/services'
import { procedure, router } from '../trpc.ts'

export const importRouter = router({
  job: procedure
    .input(ImportJobInput)
    .output(ImportJob)
    .query(({ ctx, input }) => ctx.options.importJobs.get(input.importId, ctx.language)),
  commit: procedure
    .input(ImportCommitInput)
    .output(ImportJob)
    .mutation(({ ctx, input }) =>
      ctx.options.importJobs.commit(input.importId, { acceptValid: input.acceptValid, language: ctx.language }),
    ),
  cancel: procedure
    .input(ImportJobInput)
    .output(ImportJob)
    .mutation(({ ctx, input }) => ctx.options.importJobs.cancel(input.importId, ctx.language)),
  history: procedure.output(ImportHistory).query(({ ctx }) => listImports(ctx.options.service)),
})
