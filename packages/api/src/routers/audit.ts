import { AuditCheckpointList, AuditList, AuditListInput } from '@zhidu/contract'
import { listAudit, listAuditCheckpoints } from '@zhidu/services'
import { procedureFor, router } from '../trpc.ts'

const reading = procedureFor('audit.read')

export const auditRouter = router({
  list: reading
    .input(AuditListInput)
    .output(AuditList)
    .query(({ ctx, input }) => listAudit(ctx.service, input)),
  checkpoints: reading.output(AuditCheckpointList).query(({ ctx }) => listAuditCheckpoints(ctx.service)),
})
