import {
  BulletinCheck,
  BulletinKey,
  BulletinList,
  BulletinPage,
  BulletinRevision,
  BulletinRevisionKey,
  CreateBulletinInput,
  Done,
  ReturnBulletinInput,
  SaveBulletinInput,
} from '@zhidu/contract'
import {
  checkBulletin,
  correctBulletin,
  createBulletin,
  getBulletin,
  getBulletinList,
  getBulletinRevision,
  publishBulletin,
  rebindBulletin,
  returnBulletin,
  saveBulletin,
  submitBulletin,
} from '@zhidu/services'
import { DONE, procedureFor, router } from '../trpc.ts'

const reading = procedureFor('bulletins.read')
const writing = procedureFor('bulletins.write')
/** By somebody else than whoever wrote it. */
const publishing = procedureFor('bulletins.publish')

export const bulletinRouter = router({
  list: reading.output(BulletinList).query(({ ctx }) => getBulletinList(ctx.service)),
  get: reading
    .input(BulletinKey)
    .output(BulletinPage)
    .query(({ ctx, input }) => getBulletin(ctx.service, input)),
  revision: reading
    .input(BulletinRevisionKey)
    .output(BulletinRevision)
    .query(({ ctx, input }) => getBulletinRevision(ctx.service, input)),
  check: reading
    .input(BulletinKey)
    .output(BulletinCheck)
    .query(({ ctx, input }) => checkBulletin(ctx.service, input)),
  create: writing
    .input(CreateBulletinInput)
    .output(BulletinKey)
    .mutation(({ ctx, input }) => createBulletin(ctx.service, input)),
  save: writing
    .input(SaveBulletinInput)
    .output(BulletinRevisionKey)
    .mutation(({ ctx, input }) => saveBulletin(ctx.service, input)),
  rebind: writing
    .input(BulletinRevisionKey)
    .output(BulletinRevisionKey)
    .mutation(({ ctx, input }) => rebindBulletin(ctx.service, input)),
  correct: writing
    .input(BulletinKey)
    .output(BulletinKey)
    .mutation(({ ctx, input }) => correctBulletin(ctx.service, input)),
  submit: writing
    .input(BulletinRevisionKey)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await submitBulletin(ctx.service, input)
      return DONE
    }),
  return: publishing
    .input(ReturnBulletinInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await returnBulletin(ctx.service, input)
      return DONE
    }),
  publish: publishing
    .input(BulletinRevisionKey)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await publishBulletin(ctx.service, input)
      return DONE
    }),
})
