import { Meta } from '@zhidu/contract'
import { getMeta } from '@zhidu/services'
import { procedureFor, router } from '../trpc.ts'

export const metaRouter = router({
  get: procedureFor('session.own')
    .output(Meta)
    .query(({ ctx }) => getMeta(ctx.service, { programVersion: ctx.options.version })),
})
