import { InspectionQuality, InspectionQualityInput } from '@zhidu/contract'
import { getInspectionQuality } from '@zhidu/services'
import { procedureFor, router } from '../trpc.ts'

export const inspectionQualityRouter = router({
  get: procedureFor('draws.read')
    .input(InspectionQualityInput)
    .output(InspectionQuality)
    .query(({ ctx, input }) => getInspectionQuality(ctx.service, input)),
})
