import { Meta } from '@zhidu/contract'
import { getMeta } from '@zhidu/services'
import { procedure, router } from '../trpc.ts'

export const metaRouter = router({
  get: procedure.output(Meta).query(({ ctx }) => getMeta(ctx.options.service, { programVersion: ctx.options.version })),
})
