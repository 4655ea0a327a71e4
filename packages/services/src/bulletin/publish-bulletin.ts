import type { BulletinRevisionKey, ReturnBulletinInput } from '@zhidu/contract'
import { asReadonly, type BulletinStepRow, insertBulletinStep, lockForTransaction } from '@zhidu/db'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import { bulletinOfficeOf, type Office } from './bulletin-store.ts'
import { checkLoaded } from './check-bulletin.ts'
import { assertStill, openBulletin, type OpenBulletin } from './save-bulletin.ts'

type Step = Pick<BulletinStepRow, 'kind' | 'note'>

/** Takes a step with the newest revision; `check` throws what keeps it from being taken. */
async function takeStep(
  ctx: ServiceContext,
  { bulletinId, revision }: BulletinRevisionKey,
  { kind, note }: Step,
  action: string,
  check: (opened: OpenBulletin, office: Office) => Promise<void> | void,
): Promise<void> {
  const office = bulletinOfficeOf(ctx)
  const opened = await openBulletin(ctx, { bulletinId, revision })
  await check(opened, office)
  const what = { action, object: `bulletin/${bulletinId}`, detail: { revision, ...(note === null ? {} : { note }) } }
  await withChange(ctx, what, async (trx) => {
    await lockForTransaction(trx, 'bulletins')
    const { state, steps } = await assertStill(asReadonly(trx), opened)
    if (state !== opened.bulletin.state) throw new ServiceError('conflict', 'bulletin_not_submitted')
    const row = { bulletinId, unitCode: office.unitCode, seq: steps.length + 1, kind, revision, note }
    await insertBulletinStep(trx, row, office.author)
  })
}

function assertSubmitted({ bulletin }: OpenBulletin): void {
  if (bulletin.state !== 'submitted') throw new ServiceError('conflict', 'bulletin_not_submitted')
}

/** Throws ServiceError `conflict` unless every figure is that of the newest version, or its change has a reason. */
async function assertSound(ctx: ServiceContext, { bulletin, newestVersion }: OpenBulletin): Promise<void> {
  const { problems } = await checkLoaded(ctx, bulletin, newestVersion)
  const [problem] = problems
  if (problem !== undefined) throw new ServiceError('conflict', `bulletin_${problem}`)
}

/** Hands the newest revision to whoever publishes it, once its figures are checked. */
export function submitBulletin(ctx: ServiceContext, key: BulletinRevisionKey): Promise<void> {
  return takeStep(ctx, key, { kind: 'submitted', note: null }, 'bulletin.submit', async (opened) => {
    if (opened.bulletin.state === 'submitted') throw new ServiceError('conflict', 'bulletin_submitted')
    await assertSound(ctx, opened)
  })
}

/** Gives it back to be written further, with a reason. */
export function returnBulletin(ctx: ServiceContext, { reason, ...key }: ReturnBulletinInput): Promise<void> {
  return takeStep(ctx, key, { kind: 'returned', note: reason }, 'bulletin.return', assertSubmitted)
}

/** Publishes what was submitted; never by anybody who wrote a revision of it. Nothing of it can be changed afterwards. */
export function publishBulletin(ctx: ServiceContext, key: BulletinRevisionKey): Promise<void> {
  return takeStep(ctx, key, { kind: 'published', note: null }, 'bulletin.publish', async (opened, office) => {
    assertSubmitted(opened)
    if (opened.bulletin.revisions.some(({ byId }) => byId === office.author.id)) {
      throw new ServiceError('forbidden', 'bulletin_own')
    }
    await assertSound(ctx, opened)
  })
}
